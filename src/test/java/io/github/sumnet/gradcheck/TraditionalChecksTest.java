package io.github.sumnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.buffer.util.DataTypeUtil;

class TraditionalChecksTest {
  private static final DenseNetwork NETWORK = DenseNetwork.of(Topology.DEFAULT);
  private static final long SEED = 1;

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  private static TraditionalChecks checks(Subject subject, Topology topology) {
    return new TraditionalChecks(subject, topology, Precision.DOUBLE, SEED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void both_accept_a_network_without_a_fault(int hidden) throws InterruptedException {
    Topology topology = new Topology(hidden);
    Subject healthy = new RoundedSubject(DenseNetwork.of(topology), Precision.DOUBLE);
    assertThat(checks(healthy, topology).centralDifferencesReject()).isFalse();
    assertThat(checks(healthy, topology).toleranceRejects()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "WRONG_SIGN",
        "DOUBLED_DELTA",
        "SUM_FOR_MEAN",
        "TRANSPOSED_GRADIENT",
        "SWAPPED_UNITS",
        "LAST_SAMPLE_DROPPED"
      })
  void both_reject_a_grossly_wrong_gradient(Fault fault) throws InterruptedException {
    Subject planted = fault.plant(NETWORK, Precision.DOUBLE);
    assertThat(checks(planted, Topology.DEFAULT).centralDifferencesReject()).isTrue();
    assertThat(checks(planted, Topology.DEFAULT).toleranceRejects()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"SMALL_ERROR", "STALE_BATCH_SIZE", "MOMENTUM", "ACCUMULATED_GRADIENT"})
  void both_miss_small_errors_and_what_shows_only_in_later_steps(Fault fault)
      throws InterruptedException {
    Subject planted = fault.plant(NETWORK, Precision.DOUBLE);
    assertThat(checks(planted, Topology.DEFAULT).centralDifferencesReject()).isFalse();
    assertThat(checks(planted, Topology.DEFAULT).toleranceRejects()).isFalse();
  }

  @Test
  void central_differences_cannot_see_that_loss_and_gradient_are_wrong_alike() {
    Subject planted = Fault.MISSING_HALF.plant(NETWORK, Precision.DOUBLE);
    assertThat(checks(planted, Topology.DEFAULT).centralDifferencesReject()).isFalse();
  }

  @Test
  void the_data_type_of_nd4j_stays_as_it_was() {
    DataType former = DataTypeUtil.getDtypeFromContext();
    Subject healthy = new RoundedSubject(NETWORK, Precision.DOUBLE);
    checks(healthy, Topology.DEFAULT).centralDifferencesReject();
    assertThat(DataTypeUtil.getDtypeFromContext()).isEqualTo(former);
  }
}
