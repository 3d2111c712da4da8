package io.github.sumnet.explain;

import static io.github.sumnet.explain.Inputs.rounded;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import java.util.Arrays;
import java.util.List;

/** One training step as an {@link Engine} computes it, DL4J's or another. */
public final class EngineValues {
  private EngineValues() {}

  /** Makes an engine for these inputs: DL4J with plain gradient descent at their learning rate. */
  public static Engine engine(Inputs in, Device device, Precision precision) {
    EngineSpec spec =
        new EngineSpec(
            EngineType.DL4J,
            device,
            precision,
            in.topology(),
            UpdaterConfig.sgd(in.learningRate().doubleValue()),
            1);
    return Engine.create(spec, in.weights(precision));
  }

  /** Computes both passes, then takes the step: afterwards the engine has the updated weights. */
  static Values<Double> of(Inputs in, Engine engine) throws InterruptedException {
    Batch sample = sample(in, engine.spec().precision());
    Trace trace = engine.trace(sample);
    LossAndGradient pass = engine.lossAndGradient(ChunkQueue.of(List.of(sample)), 1);
    engine.step(ChunkQueue.of(List.of(sample)), 1, 0, false);
    return combine(trace, pass, list(engine.model().weights().toArray()));
  }

  static Values<Double> combine(Trace trace, LossAndGradient pass, List<Double> updated) {
    return new Values<>(
        list(trace.z()),
        list(trace.a()),
        trace.zo()[0],
        trace.prediction()[0],
        pass.loss(),
        trace.deltaOutput()[0],
        list(trace.deltaHidden()),
        list(pass.gradient().toArray()),
        updated);
  }

  static Batch sample(Inputs in, Precision precision) {
    Batch sample = Batch.allocate(precision, 1);
    sample.resize(1);
    sample.set(
        0,
        rounded(in.x1(), precision),
        rounded(in.x2(), precision),
        rounded(in.target(), precision));
    return sample;
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
