package io.github.sumnet.gradcheck;

import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Weights;

/** What the check reports of an engine whose gradients have the wrong sign. */
public final class FailingReport {
  private FailingReport() {}

  public static GradientReport of(Engine engine) throws InterruptedException {
    Weights before = engine.model().weights();
    try {
      return GradientCheck.run(
          engine.spec(),
          1,
          design -> {
            engine.model().setWeights(design.weights());
            LossAndGradient healthy =
                engine.lossAndGradient(ChunkQueue.of(design.chunks()), design.chunks().size());
            return new LossAndGradient(healthy.loss(), healthy.gradient().map(g -> -g));
          });
    } finally {
      engine.model().setWeights(before);
    }
  }
}
