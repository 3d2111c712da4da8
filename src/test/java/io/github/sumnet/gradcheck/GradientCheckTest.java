package io.github.sumnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GradientCheckTest {
  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void values_at_a_floor_of_the_exponential_are_counted_apart(Precision precision)
      throws InterruptedException {
    EngineSpec spec =
        new EngineSpec(
            EngineType.FUSED, Device.CPU, precision, Topology.DEFAULT, UpdaterConfig.sgd(0.1), 1);
    GradientReport report = GradientCheck.run(spec, Form.SHORT, 42);
    assertThat(report.atFloor()).isBetween(10, 20);
    assertThat(report.nonFinite()).isEmpty();
    assertThat(report.repeatability()).isEmpty();
    assertThat(report.worstErrorOverBound()).isBetween(0.5, 0.95);
    assertThatCode(report::requirePass).doesNotThrowAnyException();
  }

  @Tag("campaign")
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
    for (long seed = 0; seed < 5; seed++) {
      GradientReport report = GradientCheck.run(spec, Form.SHORT, seed);
      assertThat(report.failed()).isZero();
      assertThatCode(report::requirePass).doesNotThrowAnyException();
      assertThat(report.worstErrorOverBound()).isLessThan(1);
    }
  }
}
