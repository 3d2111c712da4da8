package io.github.sumnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MutantTest {
  private static final int[] WIDTHS = {1, 2, 3, 8};

  static Stream<Arguments> networks() {
    return Arrays.stream(Precision.values())
        .flatMap(
            precision ->
                IntStream.of(WIDTHS)
                    .mapToObj(hidden -> Arguments.of(precision, new Topology(hidden))));
  }

  static Stream<Arguments> mutants() {
    return networks()
        .flatMap(
            network -> {
              Precision precision = (Precision) network.get()[0];
              Topology topology = (Topology) network.get()[1];
              return Arrays.stream(Mutant.values())
                  .filter(mutant -> mutant.fits(topology, precision))
                  .map(mutant -> Arguments.of(mutant, precision, topology));
            });
  }

  @ParameterizedTest
  @MethodSource("networks")
  void a_network_without_a_fault_passes(Precision precision, Topology topology)
      throws InterruptedException {
    for (long seed = 1; seed <= 3; seed++) {
      Subject healthy = new TextbookNetwork(precision, GradientCheck.LEARNING_RATE);
      assertThat(firstWrong(healthy, precision, topology, seed)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void every_fault_is_found_and_its_stage_named(
      Mutant mutant, Precision precision, Topology topology) throws InterruptedException {
    Subject planted = mutant.plant(precision, GradientCheck.LEARNING_RATE);
    assertThat(firstWrong(planted, precision, topology, 1)).contains(mutant.stage());
  }

  @Test
  void a_mutant_is_called_by_its_name_in_lower_case_with_hyphens() {
    assertThat(Mutant.SUM_FOR_MEAN).hasToString("sum-for-mean");
  }

  @Test
  void a_transposition_needs_several_units_and_a_contamination_double() {
    assertThat(Mutant.TRANSPOSED_WEIGHTS.fits(new Topology(1), Precision.DOUBLE)).isFalse();
    assertThat(Mutant.FLOAT_ACTIVATIONS.fits(Topology.DEFAULT, Precision.FLOAT)).isFalse();
  }

  private static Optional<Stage> firstWrong(
      Subject subject, Precision precision, Topology topology, long seed)
      throws InterruptedException {
    Judge judge = new Judge(precision, Device.CPU);
    List<Design> designs = TellingDesigns.of(topology, precision, seed);
    Stream.Builder<Stage> wrong = Stream.builder();
    for (Design design : designs) {
      judge.judge(design, subject).firstWrong().map(StageResult::stage).ifPresent(wrong);
    }
    return wrong.build().min(Comparator.naturalOrder());
  }
}
