package io.github.sumnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.WorkedExample;
import io.github.sumnet.network.XavierInit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GradientCheckTest {
  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT, 1",
    "FLOAT, 2",
    "FLOAT, 3",
    "FLOAT, 8",
    "DOUBLE, 1",
    "DOUBLE, 2",
    "DOUBLE, 3",
    "DOUBLE, 8"
  })
  void deeplearning4j_passes_in_every_precision_and_width(Precision precision, int hidden)
      throws InterruptedException {
    Topology topology = new Topology(hidden);
    EngineSpec spec =
        new EngineSpec(EngineType.DL4J, Device.CPU, precision, topology, UpdaterConfig.sgd(0.1), 2);
    Weights initial = XavierInit.weights(topology, 1);
    try (Engine engine = Engine.create(spec, initial)) {
      for (long seed = 0; seed < 5; seed++) {
        GradientReport report = GradientCheck.run(engine, seed);
        assertThat(report.results())
            .allSatisfy(
                result ->
                    assertThat(result.components())
                        .allSatisfy(c -> assertThat(c.verdict()).isNotEqualTo(Verdict.FAIL)));
        assertThatCode(report::requirePass).doesNotThrowAnyException();
        assertThat(report.worstErrorOverBound()).isLessThan(1);
      }
      assertThat(engine.model().weights()).isEqualTo(initial);
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_planted_fault_is_found_in_float_and_in_double(Fault fault) throws InterruptedException {
    for (Precision precision : Precision.values()) {
      EngineSpec spec =
          new EngineSpec(
              EngineType.DL4J, Device.CPU, precision, Topology.DEFAULT, UpdaterConfig.sgd(1), 1);
      try (Engine engine = Engine.create(spec, WorkedExample.WEIGHTS)) {
        GradientReport report =
            GradientCheck.run(
                spec,
                1,
                design -> {
                  engine.model().setWeights(design.weights());
                  LossAndGradient healthy =
                      engine.lossAndGradient(
                          ChunkQueue.of(design.chunks()), design.chunks().size());
                  return fault.plant.apply(healthy, design);
                });
        assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
        assertThatThrownBy(report::requirePass)
            .isInstanceOf(GradientMismatchException.class)
            .hasMessageContaining("nothing was trained");
      }
    }
  }

  /** What a broken backpropagation would yield. */
  private enum Fault {
    UNIFORM_ERROR_OF_1E_4((healthy, design) -> scaled(healthy, 1.0001)),
    WRONG_SIGN((healthy, design) -> scaled(healthy, -1)),
    MISSING_HALF((healthy, design) -> scaled(healthy, 2)),
    SUM_FOR_MEAN((healthy, design) -> scaled(healthy, design.samples())),
    TRANSPOSED_HIDDEN_WEIGHTS((healthy, design) -> permuted(healthy, 0, 2, 1, 3, 4, 5)),
    SWAPPED_OUTPUT_WEIGHTS((healthy, design) -> permuted(healthy, 0, 1, 2, 3, 5, 4)),
    NOT_A_NUMBER((healthy, design) -> scaled(healthy, Double.NaN)),
    WRONG_LOSS(
        (healthy, design) -> new LossAndGradient(healthy.loss() * 1.001, healthy.gradient()));

    private final BiFunction<LossAndGradient, Design, LossAndGradient> plant;

    Fault(BiFunction<LossAndGradient, Design, LossAndGradient> plant) {
      this.plant = plant;
    }

    private static LossAndGradient scaled(LossAndGradient healthy, double factor) {
      return new LossAndGradient(healthy.loss(), healthy.gradient().map(g -> g * factor));
    }

    private static LossAndGradient permuted(LossAndGradient healthy, int... order) {
      double[] values = healthy.gradient().toArray();
      double[] wrong = IntStream.of(order).mapToDouble(i -> values[i]).toArray();
      return new LossAndGradient(healthy.loss(), Weights.of(healthy.gradient().topology(), wrong));
    }
  }
}
