package io.github.sumnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What reports say, alone and together. */
class CheckResultTest {
  private static final double[][] ONE_SAMPLE = {{0.1, 0.3, 0.4}};
  private static final double[] WEIGHTS = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6};

  private static GradientReport passing;
  private static GradientReport failing;
  private static GradientReport planted;

  @BeforeAll
  static void check_an_engine_a_wrong_one_and_a_planted_fault() throws InterruptedException {
    BackendBinding.bind(Device.CPU);
    passing = GradientCheck.run(spec(EngineType.FUSED), Form.SHORT, 1);
    failing = FailingReport.of(spec(EngineType.DL4J));
    planted = GradientCheck.ofFault(Fault.MISSING_HALF, spec(EngineType.FUSED), 1);
  }

  private static EngineSpec spec(EngineType type) {
    return new EngineSpec(
        type, Device.CPU, Precision.FLOAT, Topology.DEFAULT, UpdaterConfig.sgd(0.1), 1);
  }

  private static GradientReport given() throws InterruptedException {
    return GradientCheck.replay(
        CheckedNetwork.of(spec(EngineType.DL4J)),
        null,
        1,
        WEIGHTS,
        List.of(List.<double[][]>of(ONE_SAMPLE)));
  }

  @Test
  void one_that_fails_makes_all_fail_and_those_that_differ_are_inconclusive() throws Exception {
    assertThat(new CheckResult(List.of(passing)).verdict()).isEqualTo(Verdict.PASS);
    assertThat(new CheckResult(List.of(passing, passing)).verdict()).isEqualTo(Verdict.PASS);
    assertThat(new CheckResult(List.of(passing, failing)).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(new CheckResult(List.of(given())).verdict()).isEqualTo(Verdict.IN_BOUNDS);
    assertThat(new CheckResult(List.of(given(), passing)).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void counts_are_added_and_the_worst_error_and_the_first_wrong_stage_are_those_of_all() {
    CheckResult both = new CheckResult(List.of(passing, failing));

    assertThat(both.total(GradientReport::checked))
        .isEqualTo(passing.checked() + failing.checked());
    assertThat(both.total(GradientReport::failed)).isEqualTo(failing.failed()).isPositive();
    assertThat(both.worstErrorOverBound()).isEqualTo(failing.worstErrorOverBound());
    assertThat(both.firstWrongStage()).contains(Stage.MEAN);
    assertThat(new CheckResult(List.of(passing)).firstWrongStage()).isEmpty();
    assertThat(new CheckResult(List.of(failing, planted)).firstWrongStage())
        .isEqualTo(planted.firstWrongStage())
        .isNotEmpty();
  }

  @Test
  void a_report_says_what_was_checked_and_whether_its_values_are_of_the_training_pass() {
    assertThat(passing.engine()).isEqualTo(spec(EngineType.FUSED));
    assertThat(passing.form()).isEqualTo(Form.SHORT);
    assertThat(passing.seed()).isEqualTo(1);
    assertThat(passing.planted()).isEmpty();
    assertThat(planted.planted()).contains(Fault.MISSING_HALF);
    assertThat(planted.tracesTrainingPass()).isTrue();
    assertThat(passing.tracesTrainingPass()).isEqualTo(EngineType.FUSED.tracesTrainingPass());
    assertThat(failing.tracesTrainingPass()).isEqualTo(EngineType.DL4J.tracesTrainingPass());
    assertThat(passing.skipped()).isZero();
    assertThat(passing.unproven()).isEmpty();
    assertThat(passing.confirmed()).isPositive();
    assertThat(passing.contradicted()).isZero();
    assertThat(passing.failure()).isEmpty();
  }

  @Test
  void only_what_passes_may_train() throws Exception {
    passing.requirePass();
    assertThatThrownBy(failing::requirePass).isInstanceOf(GradientMismatchException.class);
    GradientReport given = given();
    assertThatThrownBy(given::requirePass).isInstanceOf(NotCertifiedException.class);
  }

  @Test
  void verdicts_are_printed_in_lower_case_with_hyphens() {
    assertThat(Verdict.values())
        .extracting(Verdict::toString)
        .containsExactly("pass", "fail", "in-bounds", "inconclusive");
  }
}
