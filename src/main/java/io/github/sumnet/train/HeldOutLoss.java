package io.github.sumnet.train;

import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.ChunkReader;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.engine.Engine;

/**
 * Half mean squared error on samples that training does not see, computed where the engine computes
 * and read into the same buffers each time.
 */
final class HeldOutLoss {
  private final Engine engine;
  private final BatchSource samples;
  private final Slicing slicing;
  private final ChunkQueue chunks;

  HeldOutLoss(Engine engine, BatchSource samples) {
    this.engine = engine;
    this.samples = samples;
    slicing = Evaluation.slicing(samples);
    chunks = new ChunkReader(samples, slicing, 0, engine.spec().precision());
  }

  double now() throws InterruptedException {
    double sum = 0;
    for (long step = 0; step < slicing.stepsPerEpoch(); step++) {
      sum += engine.loss(chunks, slicing.chunks(step));
    }
    samples.requireWhole();
    return sum / slicing.samples();
  }
}
