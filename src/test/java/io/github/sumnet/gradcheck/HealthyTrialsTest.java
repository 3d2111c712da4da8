package io.github.sumnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.gradcheck.step.Misreporting;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HealthyTrialsTest {
  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  private static void nobody(long trial) {}

  @Test
  void networks_are_tried_in_turn_and_counted_by_precision() throws InterruptedException {
    Set<Long> begun = new ConcurrentSkipListSet<>();
    List<TrialResult> results =
        HealthyTrials.run(
            List.of(network(Precision.FLOAT), network(Precision.DOUBLE), network(Precision.FLOAT)),
            42,
            20,
            begun::add);
    assertThat(begun).hasSize(20).contains(1L, 20L);
    assertThat(results)
        .extracting(TrialResult::precision)
        .containsExactly(Precision.FLOAT, Precision.DOUBLE);
    assertThat(results).extracting(TrialResult::trials).containsExactly(13L, 7L);
    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.alarms()).isZero();
              // Even of one sample 10 values, beside 26 of the batch.
              assertThat(result.values()).isGreaterThanOrEqualTo(36 * result.trials());
              assertThat(result.inconclusive()).isLessThan(result.values() / 2);
              assertThat(result.worstErrorOverBound()).isBetween(0.01, 1.0);
            });
  }

  @Test
  void trials_are_a_function_of_the_seed() throws InterruptedException {
    List<CheckedNetwork> networks = List.of(network(Precision.DOUBLE));
    List<TrialResult> first = HealthyTrials.run(networks, 1, 10, HealthyTrialsTest::nobody);
    assertThat(HealthyTrials.run(networks, 1, 10, HealthyTrialsTest::nobody)).isEqualTo(first);
    assertThat(HealthyTrials.run(networks, 2, 10, HealthyTrialsTest::nobody)).isNotEqualTo(first);
  }

  /** A tolerance sees a wrong gradient and nothing else; the check sees all. */
  @Test
  void alarms_are_counted_of_the_check_and_of_a_tolerance() throws InterruptedException {
    CheckedNetwork ofGradient = lying(Stage.MEAN);
    TrialResult gradient =
        HealthyTrials.run(List.of(ofGradient), 1, 8, HealthyTrialsTest::nobody).get(1);
    assertThat(gradient.alarms()).isEqualTo(8);
    assertThat(gradient.toleranceAlarms()).isEqualTo(8);
    assertThat(gradient.worstErrorOverBound()).isGreaterThan(1000);
    TrialResult loss =
        HealthyTrials.run(List.of(lying(Stage.LOSS)), 1, 8, HealthyTrialsTest::nobody).get(1);
    assertThat(loss.alarms()).isEqualTo(8);
    assertThat(loss.toleranceAlarms()).isZero();
  }

  /** A textbook's network that tells values of a stage that are 1 % too large. */
  private static CheckedNetwork lying(Stage stage) {
    EngineSpec spec =
        new EngineSpec(
            EngineType.REFERENCE,
            Device.CPU,
            Precision.DOUBLE,
            Topology.DEFAULT,
            UpdaterConfig.sgd(1),
            1);
    return new DelegatingNetwork(CheckedNetwork.of(spec)) {
      @Override
      public Subject open() {
        return new Misreporting(new RoundedSubject(network(), precision())) {
          @Override
          protected void change(Observation seen) {
            for (int i = 0; i < seen.at(stage).length; i++) {
              seen.at(stage)[i] *= 1.01;
            }
          }
        };
      }
    };
  }

  @Test
  void sums_add_all_counts_and_keep_the_worst() {
    TrialResult one = new TrialResult(Precision.FLOAT, 1, 2, 3, 4, 0.5, 6);
    TrialResult other = new TrialResult(Precision.FLOAT, 10, 20, 30, 40, 0.25, 60);
    assertThat(one.plus(other))
        .isEqualTo(new TrialResult(Precision.FLOAT, 11, 22, 33, 44, 0.5, 66))
        .isEqualTo(other.plus(one));
    assertThat(TrialResult.none(Precision.FLOAT).plus(one)).isEqualTo(one);
  }

  private static CheckedNetwork network(Precision precision) {
    return CheckedNetwork.of(
        new EngineSpec(
            EngineType.DL4J, Device.CPU, precision, Topology.DEFAULT, UpdaterConfig.sgd(1), 1));
  }
}
