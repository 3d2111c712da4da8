package io.github.sumnet.gradcheck.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Designs;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Misreporting;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Component.Dissenter;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JudgeTest {
  private static final DenseNetwork NETWORK = DenseNetwork.of(Topology.DEFAULT);
  private static final List<Design> DESIGNS =
      Designs.of(Form.FULL, Topology.DEFAULT, Precision.DOUBLE, 1);

  private static final EngineSpec FUSED =
      new EngineSpec(
          EngineType.FUSED,
          Device.CPU,
          Precision.DOUBLE,
          Topology.DEFAULT,
          UpdaterConfig.sgd(1),
          1);

  private final Judge judge = new Judge(Precision.DOUBLE, Device.CPU);

  @ParameterizedTest
  @EnumSource
  void every_value_of_every_step_is_compared(Precision precision) throws InterruptedException {
    Judge inPrecision = new Judge(precision, Device.CPU);
    for (Design design : Designs.of(Form.SHORT, Topology.DEFAULT, precision, 1)) {
      DesignResult result = inPrecision.judge(design, new RoundedSubject(NETWORK, precision));
      assertThat(result.firstWrong()).isEmpty();
      assertThat(result.total(StageResult::failed)).isZero();
      assertThat(result.skipped(NETWORK)).isZero();
      assertThat(result.stages()).hasSize(design.steps().size() * Stage.all(NETWORK).size());
      for (int step = 0; step < design.steps().size(); step++) {
        int at = step;
        int samples = design.samples().get(step);
        assertThat(result.stages().stream().filter(stage -> stage.step() == at))
            .hasSize(Stage.all(NETWORK).size())
            .allMatch(stage -> stage.checked() == stage.stage().size(NETWORK, samples));
      }
    }
  }

  @Test
  void steps_after_parameters_that_are_not_finite_are_not_taken_but_counted()
      throws InterruptedException {
    Design design = named("3 samples, then 1, then 2");
    DesignResult result =
        judge.judge(design, changed(seen -> seen.at(Stage.UPDATE)[1] = Double.NaN));
    assertThat(result.stages()).allMatch(stage -> stage.step() == 0);
    assertThat(result.firstWrong()).map(StageResult::stage).contains(Stage.UPDATE);
    // Of each sample 2 z, 2 a, zo, a prediction, 3 deltas, another prediction; of each step a loss,
    // three times 6 gradients, 6 weights and once more the loss.
    assertThat(result.skipped(NETWORK)).isEqualTo((1 + 2) * 10 + 2 * (1 + 6 + 6 + 6 + 7));
  }

  @Test
  void a_finite_loss_must_not_hide_a_gradient_that_is_not() throws InterruptedException {
    Design design = named("inputs that overflow");
    Evidence step = judge.watch(design, new RoundedSubject(NETWORK, Precision.DOUBLE)).get(0);
    int k = 0;
    while (Double.isFinite(step.bounds().get(Stage.MEAN)[k])) {
      k++;
    }
    int unbounded = k;
    double[] mean = step.seen().at(Stage.MEAN);
    mean[unbounded] = Double.NaN;
    StageResult hidden = stage(judge.compare(0, step), Stage.MEAN);
    assertThat(hidden.failed()).isEqualTo(1);
    assertThat(hidden.components().get(unbounded).verdict()).isEqualTo(Verdict.FAIL);
    step.seen().at(Stage.LOSS)[0] = Double.NaN;
    StageResult shown = stage(judge.compare(0, step), Stage.MEAN);
    assertThat(shown.failed()).isZero();
    assertThat(shown.inconclusive()).isPositive();
  }

  @Test
  void of_many_comparisons_the_wrong_ones_and_then_the_worst_are_kept()
      throws InterruptedException {
    Design design = named("random n=1000, weights to 2.0");
    Evidence step = judge.watch(design, new RoundedSubject(NETWORK, Precision.DOUBLE)).get(0);
    double[] deltas = step.seen().at(Stage.delta(2));
    deltas[700] *= 1 + 1e-9;
    deltas[20] *= 1 + 1e-6;
    StageResult result = stage(judge.compare(0, step), Stage.delta(2));
    assertThat(result.checked()).isEqualTo(1000);
    assertThat(result.failed()).isEqualTo(2);
    assertThat(result.isWrong()).isTrue();
    assertThat(result.components()).extracting(Component::sample).hasSize(3).startsWith(20, 700);
    assertThat(result.components())
        .isSortedAccordingTo(Comparator.comparingDouble(Component::errorOverBound).reversed());
    assertThat(result.worstErrorOverBound()).isEqualTo(result.components().get(0).errorOverBound());
    StageResult healthy = stage(judge.compare(0, step), Stage.delta(1));
    assertThat(healthy.components()).hasSize(3);
    assertThat(healthy.components().get(0).errorOverBound())
        .isEqualTo(healthy.worstErrorOverBound())
        .isBetween(0.01, 1.0);
  }

  @Test
  void of_a_wide_network_s_gradient_a_hundred_comparisons_are_kept() throws InterruptedException {
    Topology wide = new Topology(50);
    Design design = Designs.of(Form.SHORT, wide, Precision.FLOAT, 1).get(0);
    Judge floats = new Judge(Precision.FLOAT, Device.CPU);
    DesignResult result =
        floats.judge(design, new RoundedSubject(DenseNetwork.of(wide), Precision.FLOAT));
    StageResult mean = stage(result.stages(), Stage.MEAN);
    assertThat(mean.checked()).isEqualTo(150);
    assertThat(mean.components()).hasSize(100);
    assertThat(mean.passed().size() + mean.inconclusive()).isEqualTo(150);
  }

  @Test
  void what_passed_is_named_unless_it_is_an_exact_0_or_of_one_sample() throws InterruptedException {
    List<StageResult> stages =
        judge
            .judge(named("worked example"), new RoundedSubject(NETWORK, Precision.DOUBLE))
            .stages();
    assertThat(stage(stages, Stage.MEAN).passed())
        .containsExactlyInAnyOrder("w11", "w12", "w21", "w22", "wh1", "wh2");
    assertThat(stage(stages, Stage.LOSS).passed()).containsExactly("loss");
    assertThat(stage(stages, Stage.forward(1)).passed()).isEmpty();
    List<StageResult> zeros =
        judge.judge(named("all inputs 0"), new RoundedSubject(NETWORK, Precision.DOUBLE)).stages();
    assertThat(stage(zeros, Stage.MEAN).passed()).containsExactlyInAnyOrder("wh1", "wh2");
    assertThat(stage(zeros, Stage.MEAN).failed()).isZero();
  }

  @Test
  void small_first_steps_are_confirmed_by_an_independent_derivative() throws InterruptedException {
    Subject healthy = new RoundedSubject(NETWORK, Precision.DOUBLE);
    for (Judge each : List.of(judge, new Judge(Precision.DOUBLE, Device.CPU, DESIGNS))) {
      for (int time = 0; time < 2; time++) {
        DesignResult small = each.judge(named("worked example"), healthy);
        assertThat(small.confirmed()).isEqualTo(6);
        assertThat(small.contradicted()).isZero();
      }
      assertThat(each.judge(named("random n=7, weights to 6.0"), healthy).confirmed()).isEqualTo(6);
      assertThat(each.judge(named("random n=32, weights to 6.0"), healthy).confirmed()).isZero();
      assertThat(each.judge(named("3 samples, then 1, then 2"), healthy).confirmed()).isEqualTo(6);
    }
  }

  @Test
  void truths_that_are_worked_out_ahead_lead_to_the_same_results() throws InterruptedException {
    List<Design> designs = Designs.of(Form.SHORT, Topology.DEFAULT, Precision.DOUBLE, 1);
    Subject healthy = new RoundedSubject(NETWORK, Precision.DOUBLE);
    Judge ahead = Judge.ahead(FUSED, designs);
    for (Design design : designs.subList(0, 5)) {
      assertThat(ahead.judge(design, healthy)).isEqualTo(new Judge(FUSED).judge(design, healthy));
    }
  }

  /** The fused engine's exponential does not go below e^-708, the truth here is e^-800. */
  @Test
  void values_that_are_within_a_floor_by_definition_are_counted_and_have_no_ratio()
      throws InterruptedException {
    Design design = named("output in saturation at 800.0");
    DesignResult result =
        new Judge(FUSED).judge(design, new RoundedSubject(NETWORK, Precision.DOUBLE));
    StageResult forward = stage(result.stages(), Stage.forward(2));
    assertThat(forward.atFloor()).isEqualTo(1);
    assertThat(forward.failed()).isZero();
    assertThat(forward.worstErrorOverBound()).isLessThan(1);
    assertThat(judge.judge(design, new RoundedSubject(NETWORK, Precision.DOUBLE)).stages())
        .allMatch(stage -> stage.atFloor() == 0);
  }

  @Test
  void a_floor_is_most_of_a_bound_that_is_more_than_twice_as_large_as_without_it() {
    assertThat(Judge.isFloor(2.1, 1)).isTrue();
    assertThat(Judge.isFloor(2, 1)).isFalse();
  }

  @Test
  void verdicts_and_dissenters_are_called_by_their_names_in_lower_case() {
    assertThat(Verdict.IN_BOUNDS).hasToString("in-bounds");
    assertThat(Dissenter.REFERENCE).hasToString("reference");
  }

  private static Subject changed(Consumer<Observation> change) {
    return new Misreporting(new RoundedSubject(NETWORK, Precision.DOUBLE)) {
      @Override
      protected void change(Observation seen) {
        change.accept(seen);
      }
    };
  }

  private static Design named(String name) {
    return DESIGNS.stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
  }

  private static StageResult stage(List<StageResult> results, Stage stage) {
    return results.stream().filter(r -> r.stage().equals(stage)).findFirst().orElseThrow();
  }
}
