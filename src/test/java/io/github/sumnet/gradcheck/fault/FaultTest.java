package io.github.sumnet.gradcheck.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.Device;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Designs;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.diagnosis.Hypotheses;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.step.Watched;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.gradcheck.verdict.StageResult;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultTest {
  private static final DenseNetwork NETWORK = DenseNetwork.of(Topology.DEFAULT);

  /** Networks that between them have every width and both precisions. */
  private static final List<Arguments> NETWORKS =
      List.of(
          Arguments.of(Precision.FLOAT, new Topology(2)),
          Arguments.of(Precision.DOUBLE, new Topology(3)),
          Arguments.of(Precision.FLOAT, new Topology(1)),
          Arguments.of(Precision.FLOAT, new Topology(8)),
          Arguments.of(Precision.DOUBLE, new Topology(1)),
          Arguments.of(Precision.DOUBLE, new Topology(2)),
          Arguments.of(Precision.DOUBLE, new Topology(8)));

  /** Fewer where the tests are run again for every change of the code. */
  private static final int FIRST_NETWORKS = Integer.getInteger("sumnet.fault.networks", 2);

  static Stream<Arguments> faultsOfFirstNetworks() {
    return faults(NETWORKS.subList(0, FIRST_NETWORKS));
  }

  static Stream<Arguments> faultsOfOtherNetworks() {
    return faults(NETWORKS.subList(FIRST_NETWORKS, NETWORKS.size()));
  }

  private static Stream<Arguments> faults(List<Arguments> networks) {
    return networks.stream()
        .flatMap(
            network -> {
              Precision precision = (Precision) network.get()[0];
              Topology topology = (Topology) network.get()[1];
              return Arrays.stream(Fault.values())
                  .filter(fault -> fault.fits(DenseNetwork.of(topology), precision))
                  .map(fault -> Arguments.of(fault, precision, topology));
            });
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
  void a_network_without_a_fault_passes(Precision precision, int hidden)
      throws InterruptedException {
    Judge judge = new Judge(precision, Device.CPU);
    Subject healthy = new RoundedSubject(DenseNetwork.of(new Topology(hidden)), precision);
    for (long seed = 1; seed <= 3; seed++) {
      for (Design design : Designs.of(Form.SHORT, new Topology(hidden), precision, seed)) {
        assertThat(judge.judge(design, healthy).firstWrong()).isEmpty();
      }
    }
  }

  @Tag("campaign")
  @ParameterizedTest
  @EnumSource
  void the_judge_finds_every_fault_and_names_its_stage(Fault fault) throws InterruptedException {
    Judge judge = new Judge(Precision.DOUBLE, Device.CPU);
    Subject planted = fault.plant(NETWORK, Precision.DOUBLE);
    Stream.Builder<Stage> wrong = Stream.builder();
    for (Design design : new Watched(Topology.DEFAULT, Precision.DOUBLE).designs()) {
      judge.judge(design, planted).firstWrong().map(StageResult::stage).ifPresent(wrong);
    }
    assertThat(wrong.build().min(Comparator.naturalOrder())).contains(fault.stage(NETWORK));
  }

  @ParameterizedTest
  @MethodSource("faultsOfFirstNetworks")
  void every_fault_shows_first_in_its_stage_and_its_pattern_tells_the_cause(
      Fault fault, Precision precision, Topology topology) throws InterruptedException {
    DenseNetwork network = DenseNetwork.of(topology);
    Subject planted = fault.plant(network, precision);
    List<Evidence> steps = new Watched(topology, precision).steps(planted);
    assertThat(Watched.firstWrong(steps)).contains(fault.stage(network));
    List<Evidence> failing = Watched.failing(fault.stage(network), steps);
    assertThat(Hypotheses.explain(fault.stage(network), failing).cause())
        .as("%s in %s, %s", fault, precision, topology)
        .isEqualTo(fault.cause());
  }

  @Tag("campaign")
  @ParameterizedTest
  @MethodSource("faultsOfOtherNetworks")
  void so_it_does_in_networks_of_other_widths(Fault fault, Precision precision, Topology topology)
      throws InterruptedException {
    every_fault_shows_first_in_its_stage_and_its_pattern_tells_the_cause(
        fault, precision, topology);
  }

  @Test
  void a_fault_is_called_by_its_name_in_lower_case_with_hyphens() {
    assertThat(Fault.SUM_FOR_MEAN).hasToString("sum-for-mean");
  }

  @Test
  void a_transposition_needs_several_units_and_a_contamination_double() {
    assertThat(Fault.TRANSPOSED_WEIGHTS.fits(DenseNetwork.of(new Topology(1)), Precision.DOUBLE))
        .isFalse();
    assertThat(Fault.FLOAT_ACTIVATIONS.fits(NETWORK, Precision.FLOAT)).isFalse();
  }
}
