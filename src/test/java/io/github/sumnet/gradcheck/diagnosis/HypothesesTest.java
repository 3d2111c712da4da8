package io.github.sumnet.gradcheck.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.step.Watched;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HypothesesTest {
  private static final DenseNetwork NETWORK = DenseNetwork.of(Topology.DEFAULT);

  static List<Stage> stages() {
    return Stage.all(NETWORK);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void nothing_is_suspected_where_nothing_is_wrong(Stage stage) throws InterruptedException {
    for (Precision precision : Precision.values()) {
      Subject healthy = new RoundedSubject(NETWORK, precision);
      List<Evidence> steps = new Watched(Topology.DEFAULT, precision).steps(healthy);
      assertThat(Hypotheses.explain(stage, steps).cause()).isEqualTo(Cause.UNKNOWN);
    }
  }

  @Test
  void one_value_that_is_too_small_is_not_taken_for_clipping() throws InterruptedException {
    Evidence step = healthyStep();
    double[] mean = step.seen().at(Stage.MEAN);
    int largest = 0;
    for (int k = 1; k < mean.length; k++) {
      largest = mean[k] > mean[largest] ? k : largest;
    }
    mean[largest] *= 0.999;
    assertThat(Hypotheses.explain(Stage.MEAN, List.of(step)).cause()).isEqualTo(Cause.UNKNOWN);
  }

  private static Evidence healthyStep() throws InterruptedException {
    return new Watched(Topology.DEFAULT, Precision.DOUBLE)
        .steps(new RoundedSubject(NETWORK, Precision.DOUBLE))
        .get(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"WRONG_SIGN", "SWAPPED_UNITS", "LAST_SAMPLE_DROPPED", "SUM_FOR_MEAN"})
  void one_step_that_contradicts_is_enough_to_drop_a_suspicion(Fault fault)
      throws InterruptedException {
    Watched watched = new Watched(Topology.DEFAULT, Precision.DOUBLE);
    List<Evidence> steps =
        new ArrayList<>(
            Watched.failing(
                fault.stage(NETWORK), watched.steps(fault.plant(NETWORK, Precision.DOUBLE))));
    Subject other = Noisy.at(fault.stage(NETWORK), Topology.DEFAULT, Precision.DOUBLE, 1, 0.5);
    List<Evidence> contradicting = Watched.failing(fault.stage(NETWORK), watched.steps(other));
    steps.add(contradicting.get(contradicting.size() - 1));
    assertThat(Hypotheses.explain(fault.stage(NETWORK), steps).cause()).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void a_step_where_all_is_right_contradicts_a_wrong_sign() throws InterruptedException {
    Watched watched = new Watched(Topology.DEFAULT, Precision.DOUBLE);
    List<Evidence> steps =
        new ArrayList<>(watched.steps(Fault.WRONG_SIGN.plant(NETWORK, Precision.DOUBLE)));
    steps.addAll(watched.steps(new RoundedSubject(NETWORK, Precision.DOUBLE)));
    assertThat(Hypotheses.explain(Stage.delta(2), steps).cause()).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void a_constant_factor_is_told_with_its_size() throws InterruptedException {
    Suspicion found = explain(Fault.SMALL_ERROR);
    assertThat(found.cause()).isEqualTo(Cause.CONSTANT_FACTOR);
    assertThat(found.hint()).contains("0.0001000");
  }

  @Test
  void momentum_is_told_with_its_share() throws InterruptedException {
    assertThat(explain(Fault.MOMENTUM).hint()).contains("0.9000");
  }

  @ParameterizedTest
  @EnumSource
  void every_cause_has_a_hint_of_one_sentence(Cause cause) {
    assertThat(cause.hint()).isNotBlank().doesNotContain(". ");
  }

  private static Suspicion explain(Fault fault) throws InterruptedException {
    List<Evidence> steps =
        new Watched(Topology.DEFAULT, Precision.DOUBLE)
            .steps(fault.plant(NETWORK, Precision.DOUBLE));
    return Hypotheses.explain(fault.stage(NETWORK), Watched.failing(fault.stage(NETWORK), steps));
  }
}
