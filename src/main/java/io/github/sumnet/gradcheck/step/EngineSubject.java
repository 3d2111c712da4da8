package io.github.sumnet.gradcheck.step;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Weights;
import java.util.List;

/**
 * An engine like the one that will train, but for the updater: gradient descent. Nobody but the
 * updater sees the mean gradient, so a second engine, whose learning rate is 1, shows it as the
 * change of its weights.
 */
public final class EngineSubject implements Subject {
  private final Engine engine;
  private final Engine averaging;

  public EngineSubject(EngineSpec spec) {
    Weights zero = Weights.of(spec.topology(), new double[spec.topology().weightCount()]);
    engine = Engine.create(spec.withUpdater(UpdaterConfig.sgd(Subject.LEARNING_RATE)), zero);
    averaging = Engine.create(spec.withUpdater(UpdaterConfig.sgd(1)), zero);
  }

  @Override
  public void begin(Weights weights) {
    engine.model().setWeights(weights);
  }

  @Override
  public Observation step(List<Batch> chunks) throws InterruptedException {
    Batch batch = Batches.joined(chunks);
    Trace trace = engine.trace(batch);
    double[] predicted = engine.predict(batch);
    averaging.model().setWeights(engine.model().weights());
    averaging.step(ChunkQueue.of(chunks), chunks.size(), 0, false);
    LossAndGradient computed = engine.lossAndGradient(ChunkQueue.of(chunks), chunks.size());
    Weights sum = engine.model().gradientVector();
    double loss = engine.step(ChunkQueue.of(chunks), chunks.size(), 0, true);
    return new Observation(
        trace,
        computed.loss(),
        sum,
        averaging.model().gradientVector(),
        engine.model().weights(),
        predicted,
        loss,
        computed.gradient());
  }

  @Override
  public void close() {
    engine.close();
    averaging.close();
  }
}
