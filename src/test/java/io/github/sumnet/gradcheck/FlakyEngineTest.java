package io.github.sumnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.gradcheck.diagnosis.Failure;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FlakyEngineTest {
  private static final EngineSpec SPEC =
      new EngineSpec(
          EngineType.DL4J,
          Device.CPU,
          Precision.DOUBLE,
          Topology.DEFAULT,
          UpdaterConfig.sgd(0.1),
          1);

  @Test
  void a_fault_that_does_not_show_again_is_reported_from_the_run_that_had_it()
      throws InterruptedException {
    GradientReport report = FlakyReport.of(SPEC);

    assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
    assertThatThrownBy(report::requirePass).isInstanceOf(GradientMismatchException.class);
    Failure failure = report.failure().orElseThrow();
    assertThat(failure.reproducible()).isFalse();
    assertThat(failure.stage()).isEqualTo(Stage.MEAN);
    assertThat(failure.design()).isEqualTo("random n=2, weights to 2.0");
    assertThat(failure.samples()).isEqualTo(2);
    assertThat(failure.components())
        .filteredOn(component -> component.verdict() == Verdict.FAIL)
        .singleElement()
        .satisfies(component -> assertThat(component.name()).isEqualTo("w12"));
  }

  @Tag("campaign")
  @Test
  void a_fault_that_shows_again_is_reproducible() throws InterruptedException {
    Failure failure = GradientCheck.ofFault(Fault.SUM_FOR_MEAN, SPEC, 1).failure().orElseThrow();
    assertThat(failure.reproducible()).isTrue();
  }
}
