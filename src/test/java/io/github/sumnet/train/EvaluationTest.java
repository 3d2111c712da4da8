package io.github.sumnet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  static {
    BackendBinding.bind(Device.CPU);
  }

  /** The network that minimisation by BFGS found to do best on [0, ½)², rounded. */
  private static final Weights BEST =
      Weights.of(Topology.DEFAULT, -0.39, 39.77, -0.39, 39.77, -46.41, 20.96);

  @Test
  void the_default_network_can_reach_what_is_said_to_be_its_best() throws InterruptedException {
    Evaluation best = evaluate(SyntheticBatches.heldOut(1, InputRange.DEFAULT, 1 << 20));

    assertThat(best.loss()).isCloseTo(9.60e-5, within(0.1e-5));
    assertThat(best.isNoBetterThanMean()).isFalse();
  }

  /** Targets may be far from 0 and close together. */
  @Property(tries = 50)
  void no_constant_does_better_than_the_targets_mean(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = -1, max = 1) Double> list,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double origin)
      throws InterruptedException {
    double[] distances = list.stream().mapToDouble(Double::doubleValue).toArray();
    double mean = Arrays.stream(distances).average().orElseThrow();
    double expected =
        Arrays.stream(distances).map(d -> (d - mean) * (d - mean) / 2).average().orElseThrow();

    Evaluation evaluation = evaluate(new Targets(origin, distances));

    assertThat(evaluation.meanLoss()).isCloseTo(expected, within(1e-8));
    assertThat(evaluation.meanLoss()).isNotNegative();
  }

  private static Evaluation evaluate(BatchSource samples) throws InterruptedException {
    UpdaterConfig updater = new UpdaterConfig(UpdaterConfig.Kind.SGD, 0.1, Schedule.CONSTANT);
    EngineSpec spec =
        new EngineSpec(
            EngineType.REFERENCE, Device.CPU, 0, Precision.DOUBLE, Topology.DEFAULT, updater, 1);
    try (Engine engine = Engine.create(spec, BEST)) {
      return Evaluation.of(engine, samples);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Targets(double origin, double[] distances) implements BatchSource {
    @Override
    public long samples() {
      return distances.length;
    }

    @Override
    public void read(long first, int count, Batch into) {
      into.resize(count);
      for (int i = 0; i < count; i++) {
        into.set(i, 0.1, 0.2, origin + distances[(int) first + i]);
      }
    }
  }
}
