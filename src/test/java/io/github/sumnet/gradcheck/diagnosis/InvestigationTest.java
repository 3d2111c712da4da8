package io.github.sumnet.gradcheck.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.device.Device;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Designs;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.design.ModelDesigns;
import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Misreporting;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Component;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.DenseNetwork.Layer;
import io.github.sumnet.network.Loss;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InvestigationTest {
  private static final DenseNetwork NETWORK = DenseNetwork.of(Topology.DEFAULT);
  private static final List<Design> DESIGNS =
      Designs.of(Form.SHORT, Topology.DEFAULT, Precision.DOUBLE, 1);

  private final Judge judge = new Judge(Precision.DOUBLE, Device.CPU);

  @Test
  void a_wrong_sign_is_shown_on_one_sample() throws InterruptedException {
    Failure failure =
        investigate(Stage.delta(2), Fault.WRONG_SIGN.plant(NETWORK, Precision.DOUBLE));
    assertThat(failure.stage()).isEqualTo(Stage.delta(2));
    assertThat(failure.reproducible()).isTrue();
    assertThat(failure.suspicion().cause()).isEqualTo(Cause.WRONG_SIGN);
    assertThat(failure.samples()).isEqualTo(1);
    assertThat(failure.step()).isZero();
    assertThat(failure.components()).singleElement().returns(Verdict.FAIL, Component::verdict);
    assertThat(failure.gradient()).hasSize(6);
    assertThat(failure.independent()).hasSize(6);
    for (int k = 0; k < 6; k++) {
      assertThat(failure.independent().get(k).subtract(failure.gradient().get(k).truth()).abs())
          .isLessThan(failure.gradient().get(k).truth().abs().scaleByPowerOfTen(-20));
    }
  }

  @Test
  void what_goes_wrong_in_a_later_step_is_shown_with_the_steps_before_it()
      throws InterruptedException {
    Subject stale = Fault.STALE_BATCH_SIZE.plant(NETWORK, Precision.DOUBLE);
    Stage stage = Fault.STALE_BATCH_SIZE.stage(NETWORK);
    Failure failure = investigate(stage, stale);
    assertThat(failure.suspicion().cause()).isEqualTo(Cause.STALE_BATCH_SIZE);
    assertThat(failure.step()).isEqualTo(1);
    assertThat(failure.steps()).hasSize(2);
    assertThat(failure.samples()).isEqualTo(3);
  }

  /** The design is the smallest that failed, and the sample the one whose delta is wrong. */
  @Test
  void the_worst_sample_is_the_wrong_one_with_all_its_values() throws InterruptedException {
    Design design = named("32 samples, then 5");
    double[] row = design.steps().get(0).rows().get(17);
    Subject wrong = wrongAt(row, 1e-6, Integer.MAX_VALUE);
    Failure failure = investigate(Stage.delta(2), wrong);
    assertThat(failure.design()).isEqualTo("32 samples, then 5");
    assertThat(failure.samples()).isEqualTo(1);
    WorstSample worst = failure.worstSample();
    assertThat(worst.index()).isZero();
    assertThat(worst.row()).isEqualTo(row);
    assertThat(worst.named().keySet()).containsExactly("x1", "x2", "y");
    assertThat(worst.named().values()).containsExactly(row[0], row[1], row[2]);
    assertThat(worst.values())
        .extracting(WorstSample.Value::name)
        .containsExactly(
            "z1",
            "z2",
            "a1",
            "a2",
            "zo",
            "prediction",
            "deltaOutput",
            "deltaHidden1",
            "deltaHidden2",
            "predicted",
            "slope1",
            "slope2",
            "slopeOutput");
    for (WorstSample.Value value : worst.values()) {
      boolean isWrong = value.name().equals("deltaOutput");
      assertThat(value.engine() - value.truth()).isCloseTo(isWrong ? 1e-6 : 0, within(1e-14));
    }
    double a1 = worst.values().get(2).truth();
    assertThat(worst.values().get(10).truth()).isCloseTo(a1 * (1 - a1), within(1e-15));
  }

  @Test
  void what_does_not_show_again_is_shown_as_it_was_seen() throws InterruptedException {
    Design design = named("32 samples, then 5");
    double[] row = design.steps().get(0).rows().get(17);
    Failure failure = investigate(Stage.delta(2), wrongAt(row, 1e-6, 1));
    assertThat(failure.reproducible()).isFalse();
    assertThat(failure.samples()).isEqualTo(32);
    assertThat(failure.worstSample().index()).isEqualTo(17);
    assertThat(failure.worstSample().row()).isEqualTo(row);
  }

  @Test
  void not_a_number_is_worse_than_any_distance() throws InterruptedException {
    Design design = named("32 samples, then 5");
    double[] row = design.steps().get(0).rows().get(17);
    Failure failure = investigate(Stage.delta(2), wrongAt(row, Double.NaN, 1));
    assertThat(failure.worstSample().row()).isEqualTo(row);
  }

  @Test
  void a_softmax_has_no_slopes_and_several_outputs_have_numbers() throws InterruptedException {
    DenseNetwork network =
        new DenseNetwork(
            2,
            List.of(new Layer(2, Activation.TANH, true), new Layer(3, Activation.SOFTMAX, true)),
            Loss.CROSS_ENTROPY);
    double[] own = new Random(1).doubles(network.parameters(), -1, 1).toArray();
    List<Design> designs = ModelDesigns.of(network, Precision.DOUBLE, own, List.of(), 1);
    Subject planted = Fault.WRONG_SIGN.plant(network, Precision.DOUBLE);
    Stage stage = Fault.WRONG_SIGN.stage(network);
    Failure failure = investigate(stage, planted, designs);
    assertThat(failure.worstSample().named().keySet())
        .containsExactly("x1", "x2", "y1", "y2", "y3");
    assertThat(failure.worstSample().values())
        .extracting(WorstSample.Value::name)
        .contains("zo1", "zo3", "prediction2", "predicted3", "slope1", "slope2")
        .doesNotContain("slopeOutput1", "slopeOutput");
  }

  private Failure investigate(Stage stage, Subject subject) throws InterruptedException {
    return investigate(stage, subject, DESIGNS);
  }

  private Failure investigate(Stage stage, Subject subject, List<Design> designs)
      throws InterruptedException {
    List<FirstWrongStep> wrong = new ArrayList<>();
    for (Design design : designs) {
      List<Evidence> steps = judge.watch(design, subject);
      FirstWrongStep first = FirstWrongStep.of(judge, stage, design, steps);
      if (first != null) {
        wrong.add(first);
      }
    }
    return Investigation.of(judge, subject, stage, wrong);
  }

  /** A subject whose output delta of one sample is off by a number, so many times. */
  private static Subject wrongAt(double[] row, double error, int times) {
    return new Misreporting(new RoundedSubject(NETWORK, Precision.DOUBLE)) {
      private Samples samples;
      private int left = times;

      @Override
      public Observation step(Samples batch) throws InterruptedException {
        samples = batch;
        return super.step(batch);
      }

      @Override
      protected void change(Observation seen) {
        for (int i = 0; i < samples.size(); i++) {
          if (Arrays.equals(samples.rows().get(i), row) && left-- > 0) {
            seen.at(Stage.delta(2))[i] += error;
          }
        }
      }
    };
  }

  private static Design named(String name) {
    return DESIGNS.stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
  }
}
