package io.github.sumnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SelfTestTest {
  private static final DenseNetwork NETWORK = DenseNetwork.of(Topology.DEFAULT);

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @Test
  void every_fault_is_planted_in_every_network_that_takes_it() throws InterruptedException {
    CheckedNetwork floats = quick(Precision.FLOAT, Set.of(Fault.WRONG_SIGN));
    CheckedNetwork doubles = quick(Precision.DOUBLE, Set.of(Fault.WRONG_SIGN, Fault.SMALL_ERROR));
    assertThat(SelfTest.plantAll(List.of(floats, doubles), 1))
        .containsExactly(
            new MutantResult(
                Fault.WRONG_SIGN,
                NETWORK,
                Precision.FLOAT,
                Optional.of(Stage.delta(2)),
                Cause.WRONG_SIGN,
                Optional.empty(),
                Optional.of(true)),
            new MutantResult(
                Fault.WRONG_SIGN,
                NETWORK,
                Precision.DOUBLE,
                Optional.of(Stage.delta(2)),
                Cause.WRONG_SIGN,
                Optional.of(true),
                Optional.of(true)),
            new MutantResult(
                Fault.SMALL_ERROR,
                NETWORK,
                Precision.DOUBLE,
                Optional.of(Fault.SMALL_ERROR.stage(NETWORK)),
                Cause.CONSTANT_FACTOR,
                Optional.of(false),
                Optional.of(false)))
        .allMatch(result -> result.caught() && result.stageIsRight() && result.causeIsRight());
  }

  @Test
  void a_fault_that_was_missed_or_taken_for_another_is_told() {
    MutantResult missed = result(Optional.empty(), null);
    assertThat(missed.caught()).isFalse();
    assertThat(missed.stageIsRight()).isFalse();
    assertThat(missed.causeIsRight()).isFalse();
    MutantResult mistaken = result(Optional.of(Stage.delta(1)), Cause.DOUBLED);
    assertThat(mistaken.caught()).isTrue();
    assertThat(mistaken.stageIsRight()).isFalse();
    assertThat(mistaken.causeIsRight()).isFalse();
  }

  private static MutantResult result(Optional<Stage> found, Cause suspected) {
    return new MutantResult(
        Fault.WRONG_SIGN,
        NETWORK,
        Precision.FLOAT,
        found,
        suspected,
        Optional.empty(),
        Optional.empty());
  }

  /** DL4J's network, which takes few faults, and is judged on the short form's designs. */
  private static CheckedNetwork quick(Precision precision, Set<Fault> faults) {
    EngineSpec spec =
        new EngineSpec(
            EngineType.DL4J, Device.CPU, precision, Topology.DEFAULT, UpdaterConfig.sgd(1), 1);
    return new DelegatingNetwork(CheckedNetwork.of(spec)) {
      @Override
      public boolean takes(Fault fault) {
        return faults.contains(fault);
      }

      @Override
      public List<Design> designs(Form form, long seed) {
        return super.designs(Form.SHORT, seed);
      }
    };
  }
}
