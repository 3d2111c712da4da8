package io.github.sumnet.gradcheck.step;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * An engine like the one that will train, but for the updater: gradient descent. Nobody but the
 * updater sees the mean gradient, so a second engine, whose learning rate is 1, shows it as the
 * change of its weights.
 */
public final class EngineSubject implements Subject {
  private final Topology topology;
  private final Precision precision;
  private final Engine engine;
  private final Engine averaging;

  public EngineSubject(EngineSpec spec) {
    topology = spec.topology();
    precision = spec.precision();
    Weights zero = Weights.of(topology, new double[topology.weightCount()]);
    engine = Engine.create(spec.withUpdater(UpdaterConfig.sgd(Subject.LEARNING_RATE)), zero);
    averaging = Engine.create(spec.withUpdater(UpdaterConfig.sgd(1)), zero);
  }

  @Override
  public void begin(double... parameters) {
    engine.model().setWeights(Weights.of(topology, parameters));
  }

  @Override
  public Observation step(Samples samples) throws InterruptedException {
    List<Batch> chunks = samples.chunks().stream().map(rows -> batch(precision, rows)).toList();
    Batch batch = batch(precision, samples.rows());
    Trace trace = engine.trace(batch);
    double[] predicted = engine.predict(batch);
    averaging.model().setWeights(engine.model().weights());
    averaging.step(ChunkQueue.of(chunks), chunks.size(), 0, false);
    LossAndGradient computed = engine.lossAndGradient(ChunkQueue.of(chunks), chunks.size());
    double[] sum = engine.model().gradientVector().toArray();
    double loss = engine.step(ChunkQueue.of(chunks), chunks.size(), 0, true);
    int hidden = topology.hidden();
    Map<Stage, double[]> seen = new HashMap<>();
    seen.put(Stage.forward(1), perSample(trace.z(), trace.a(), hidden));
    seen.put(Stage.forward(2), perSample(trace.zo(), trace.prediction(), 1));
    seen.put(Stage.LOSS, new double[] {computed.loss()});
    seen.put(Stage.delta(2), trace.deltaOutput());
    seen.put(Stage.gradient(2), Arrays.copyOfRange(sum, 2 * hidden, 3 * hidden));
    seen.put(Stage.delta(1), trace.deltaHidden());
    seen.put(Stage.gradient(1), Arrays.copyOf(sum, 2 * hidden));
    seen.put(Stage.MEAN, averaging.model().gradientVector().toArray());
    seen.put(Stage.UPDATE, engine.model().weights().toArray());
    seen.put(Stage.PREDICTED, predicted.clone());
    seen.put(
        Stage.RETURNED,
        DoubleStream.concat(DoubleStream.of(loss), Arrays.stream(computed.gradient().toArray()))
            .toArray());
    return new Observation(seen);
  }

  /** Rows {x1, x2, y} as an engine takes them. */
  public static Batch batch(Precision precision, List<double[]> rows) {
    Batch batch = Batch.allocate(precision, rows.size());
    batch.resize(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      batch.set(i, rows.get(i)[0], rows.get(i)[1], rows.get(i)[2]);
    }
    return batch;
  }

  /** The z of a sample, then its a. */
  private static double[] perSample(double[] z, double[] a, int units) {
    double[] both = new double[2 * z.length];
    for (int i = 0; i < z.length / units; i++) {
      System.arraycopy(z, i * units, both, 2 * i * units, units);
      System.arraycopy(a, i * units, both, (2 * i + 1) * units, units);
    }
    return both;
  }

  @Override
  public void close() {
    engine.close();
    averaging.close();
  }
}
