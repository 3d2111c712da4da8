package io.github.sumnet.gradcheck.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DesignsTest {
  private static final Topology THREE = new Topology(3);

  @Test
  void random_targets_fill_minus_1_to_2_and_inputs_have_both_signs() {
    List<double[]> rows = new Cases(THREE, Precision.DOUBLE, 1).chunk(2000);
    assertThat(rows).hasSize(2000).allSatisfy(row -> assertThat(row[2]).isBetween(-1.0, 2.0));
    for (double quarter : new double[] {-1, -0.25, 0.5, 1.25}) {
      assertThat(rows.stream().filter(r -> r[2] >= quarter && r[2] < quarter + 0.75).count())
          .isBetween(400L, 600L);
    }
    for (int input = 0; input < 2; input++) {
      int column = input;
      assertThat(rows.stream().filter(row -> row[column] > 0).count()).isBetween(900L, 1100L);
      assertThat(rows.stream().mapToDouble(row -> row[column] * row[column]).average().orElse(0))
          .isCloseTo(1.5 * 1.5, within(0.3));
    }
  }

  @Test
  void random_weights_fill_the_range_on_both_sides_of_0() {
    double[] weights = new Cases(new Topology(1000), Precision.DOUBLE, 1).weights(6);
    assertThat(weights).hasSize(3000);
    assertThat(Arrays.stream(weights).max()).hasValueCloseTo(6.0, within(0.02));
    assertThat(Arrays.stream(weights).min()).hasValueCloseTo(-6.0, within(0.02));
    assertThat(Arrays.stream(weights).average()).hasValueCloseTo(0.0, within(0.3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 40})
  void leaning_weights_push_the_output_with_every_unit_and_are_never_0(int hidden) {
    double[] weights = new Cases(new Topology(hidden), Precision.FLOAT, 1).leaning(0.25);
    for (int j = 0; j < hidden; j++) {
      int side = j % 2 == 0 ? 1 : -1;
      assertThat(weights[j]).isEqualTo(side);
      assertThat(weights[hidden + j]).isBetween(0.5, 0.5 + 0.125 * hidden);
      assertThat(weights[2 * hidden + j]).isEqualTo(0.25 * side);
    }
    assertThat(Arrays.stream(weights).skip(hidden).limit(hidden).distinct().count())
        .isEqualTo(hidden);
  }

  @Test
  void wide_networks_get_fewer_samples_but_four_at_least() {
    assertThat(affordable(1, 1000)).isEqualTo(1000);
    assertThat(affordable(19, 1000)).isEqualTo(1000);
    assertThat(affordable(20, 1000)).isEqualTo(952);
    assertThat(affordable(Topology.MAX_HIDDEN, 1000)).isEqualTo(4);
    assertThat(affordable(Topology.MAX_HIDDEN, 1)).isEqualTo(1);
  }

  private static int affordable(int hidden, int samples) {
    return new Cases(new Topology(hidden), Precision.FLOAT, 1).affordable(samples);
  }

  @ParameterizedTest
  @EnumSource
  void every_number_of_a_design_is_one_of_the_precision(Precision precision) {
    for (Design design : designs(Form.FULL, THREE, precision)) {
      DoubleStream numbers =
          DoubleStream.concat(
              Arrays.stream(design.parameters()), rows(design).flatMapToDouble(Arrays::stream));
      assertThat(numbers).as(design.name()).allMatch(x -> precision.round(x) == x);
    }
  }

  @Test
  void the_full_form_adds_what_stresses_the_arithmetic_to_the_short_one() {
    List<String> names =
        designs(Form.FULL, THREE, Precision.FLOAT).stream().map(Design::name).toList();
    for (String range : List.of("2.0", "6.0", "20.0")) {
      for (int size : new int[] {1, 2, 3, 7, 32, 1000}) {
        assertThat(names).contains("random n=" + size + ", weights to " + range);
      }
    }
    assertThat(names)
        .contains("3 samples, then 1, then 2", "1,000 samples in 8 chunks")
        .contains("all weights 0", "all inputs 0", "one sample twice", "identical hidden units")
        .contains("x1 = x2", "target met", "huge inputs", "the largest inputs")
        .contains("inputs that overflow", "subnormal inputs", "tiny gradients", "huge target")
        .contains("output in saturation at 16.0", "output in saturation at 800.0")
        .contains("4,097 and 1,025 samples, outliers among them")
        .contains("4,097, then 1,025, then 17 samples, outliers among them");
    assertThat(names.stream().filter(name -> name.endsWith(" samples, outliers among them")))
        .hasSize(23 + 5);
    assertThat(designs(Form.SHORT, THREE, Precision.FLOAT).stream().map(Design::name))
        .contains("1,027 samples, outliers among them", "tiny gradients", "huge target")
        .doesNotContain("all weights 0", "3 samples, then 1, then 2");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void degenerate_cases_are_what_their_names_say(int hidden) {
    Topology topology = new Topology(hidden);
    assertThat(named("all weights 0", topology).parameters()).containsOnly(0.0);
    assertThat(rows(named("all inputs 0", topology))).allMatch(row -> row[0] == 0 && row[1] == 0);
    assertThat(named("one sample twice", topology).steps())
        .singleElement()
        .matches(step -> step.size() == 2 && step.isOneRepeated());
    assertThat(rows(named("x1 = x2", topology))).allMatch(row -> row[0] == row[1]);
    double[] alike = named("identical hidden units", topology).parameters();
    for (int j = 0; j < hidden; j++) {
      assertThat(alike[j]).isEqualTo(alike[0]);
      assertThat(alike[hidden + j]).isEqualTo(alike[hidden]);
      assertThat(alike[2 * hidden + j]).isEqualTo(alike[2 * hidden]);
    }
    assertThat(alike[0]).isNotEqualTo(alike[hidden]).isNotEqualTo(alike[2 * hidden]);
    assertThat(residuals(named("target met", topology))).hasSize(3).allMatch(r -> r <= 0x1p-52);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void tiny_gradients_are_tiny_and_not_0(int hidden) {
    Observation step = run(named("tiny gradients", new Topology(hidden)));
    assertThat(Arrays.stream(step.at(Stage.MEAN)))
        .allSatisfy(each -> assertThat(Math.abs(each)).isBetween(1e-45, 1e-15));
  }

  @ParameterizedTest
  @CsvSource({"2, 16", "2, 800", "3, 37", "8, 745", "1, 100", "1, -100"})
  void a_saturated_output_has_the_weighted_input_of_its_name(int hidden, double z) {
    Topology topology = new Topology(hidden);
    double[] output = run(named("output in saturation at " + z, topology)).at(Stage.forward(2));
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < output.length; i += 2) {
      sums.add(output[i]);
    }
    double most = sums.stream().mapToDouble(Math::abs).max().orElseThrow();
    assertThat(most).isBetween(Math.abs(z) * 0.6, Math.abs(z) * 1.4);
    if (hidden == 1) {
      assertThat(sums).anySatisfy(each -> assertThat(each).isCloseTo(z, within(1e-9)));
    }
  }

  @Test
  void hidden_units_are_driven_as_far_to_either_side_as_their_exponentials_go() {
    Observation step = run(named("hidden units in saturation", THREE));
    double[] forward = step.at(Stage.forward(1));
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < forward.length; i++) {
      if (i / 3 % 2 == 0) {
        sums.add(forward[i]);
      }
    }
    for (double far : new double[] {16, 17, 36, 37, 100, 745, 800}) {
      assertThat(sums).anySatisfy(z -> assertThat(z).isCloseTo(far, within(0.5)));
      assertThat(sums).anySatisfy(z -> assertThat(z).isCloseTo(-far, within(0.5)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 63, 64, 1025, 1027, 2049, 4097})
  void outliers_stand_at_both_ends_of_chunks_lanes_and_blocks_and_nothing_else_is_loud(int size) {
    Cases cases = new Cases(new Topology(1), Precision.DOUBLE, 1);
    Design design = new OutlierSamples(cases, 5000).inOneChunk(size).get(0);
    double[] residuals = residuals(design).toArray();
    int lanes = size / 16 * 16;
    List<Integer> edges =
        new ArrayList<>(List.of(0, 1, 15, 16, size - 2, size - 1, lanes, lanes - 1));
    for (int block = 64; block <= 4096; block *= 2) {
      edges.addAll(List.of(block - 1, block));
    }
    for (int block = 1024; block <= size; block += 1024) {
      edges.addAll(List.of(block - 1, block));
    }
    assertThat(edges.stream().filter(i -> i < size))
        .allSatisfy(i -> assertThat(residuals[i]).as("sample %d", i).isBetween(1.0, 3.0));
    long loud = Arrays.stream(residuals).filter(r -> r >= 1).count();
    assertThat(loud).isLessThanOrEqualTo(64);
    assertThat(loud).isGreaterThanOrEqualTo(Math.min(size, 64) / 2);
    assertThat(Arrays.stream(residuals).filter(r -> r < 1))
        .allSatisfy(r -> assertThat(r).isCloseTo(0x1p-10, within(1e-12)));
  }

  @Test
  void a_random_design_is_of_every_size_but_the_largest() {
    Random random = new Random(1);
    assertThat(
            IntStream.range(0, 200)
                .mapToObj(i -> Designs.random(THREE, Precision.FLOAT, random))
                .peek(design -> assertThat(design.name()).isEqualTo("random n=" + design.size()))
                .map(Design::size)
                .distinct()
                .sorted())
        .containsExactly(1, 2, 3, 7, 32);
  }

  @Test
  void steps_of_every_size_up_to_one_more_than_the_lanes_follow_one_another() {
    assertThat(named("17 steps of 1 to 17 samples", THREE).samples())
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 17).boxed().toList());
    Design wide = named("6 steps of 1 to 6 samples", new Topology(900));
    assertThat(wide.samples()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void a_form_is_called_by_its_name_in_lower_case() {
    assertThat(Form.SHORT).hasToString("short");
  }

  private static List<Design> designs(Form form, Topology topology, Precision precision) {
    return Designs.of(form, topology, precision, 1);
  }

  private static Design named(String name, Topology topology) {
    List<Design> designs = designs(Form.FULL, topology, Precision.DOUBLE);
    return designs.stream()
        .filter(design -> design.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    name + " is not among " + designs.stream().map(Design::name).toList()));
  }

  private static Stream<double[]> rows(Design design) {
    return design.steps().stream().map(Samples::rows).flatMap(List::stream);
  }

  /** The first step of a design. */
  private static Observation run(Design design) {
    RoundedSubject textbook = new RoundedSubject(design.network(), Precision.DOUBLE);
    textbook.begin(design.parameters());
    return textbook.step(design.steps().get(0));
  }

  /** How far the first step's predictions are from its targets. */
  private static DoubleStream residuals(Design design) {
    double[] predicted = run(design).at(Stage.PREDICTED);
    List<double[]> rows = design.steps().get(0).rows();
    return IntStream.range(0, predicted.length)
        .mapToDouble(i -> Math.abs(predicted[i] - rows.get(i)[2]));
  }
}
