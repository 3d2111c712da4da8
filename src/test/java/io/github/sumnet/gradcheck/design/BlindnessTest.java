package io.github.sumnet.gradcheck.design;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.WorkedExample;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlindnessTest {
  private static final double[] WEIGHTS = WorkedExample.WEIGHTS.toArray();
  private static final double[] ONE = {0.5, -1, 0.25};
  private static final double[] OTHER = {2, 0.75, -0.5};

  @Test
  void two_different_samples_show_everything() {
    assertThat(blindness(WEIGHTS, batch(ONE, OTHER))).isEmpty();
    assertThat(blindness(WEIGHTS, batch(ONE, OTHER), batch(ONE))).isEmpty();
  }

  @Test
  void steps_of_one_sample_cannot_tell_a_sum_from_a_mean() {
    assertThat(blindness(WEIGHTS, batch(ONE))).isEqualTo("a sum taken for a mean");
    assertThat(blindness(WEIGHTS, batch(ONE), batch(OTHER))).contains("a sum taken for a mean");
  }

  @Test
  void steps_of_one_size_cannot_show_that_it_is_kept() {
    assertThat(blindness(WEIGHTS, batch(ONE, OTHER), batch(OTHER, ONE)))
        .isEqualTo("a stale batch size");
  }

  @Test
  void one_sample_twice_cannot_show_which_is_left_out() {
    assertThat(blindness(WEIGHTS, batch(ONE, ONE))).isEqualTo("which sample is left out");
    assertThat(blindness(WEIGHTS, batch(ONE, ONE, OTHER))).isEmpty();
  }

  @Test
  void equal_inputs_cannot_show_that_they_are_swapped() {
    assertThat(blindness(WEIGHTS, batch(new double[] {1, 1, 0.5}, new double[] {-2, -2, 0})))
        .isEqualTo("swapped inputs");
  }

  @Test
  void a_target_that_is_an_input_cannot_show_that_the_column_is_wrong() {
    assertThat(blindness(WEIGHTS, batch(new double[] {1, 2, 2}, new double[] {-2, 3, 3})))
        .isEqualTo("an input taken for the target");
  }

  @Test
  void equal_units_cannot_show_that_they_are_swapped() {
    double[] twins = {1, 2, 1, 4, 5, 4, 7, 8, 7};
    assertThat(blindness(twins, batch(ONE, OTHER))).isEqualTo("swapped hidden units");
    assertThat(blindness(new double[3], batch(ONE, OTHER))).isEmpty();
  }

  @Test
  void symmetric_weights_and_inputs_of_0_cannot_show_a_transposition() {
    double[] symmetric = {1, 2, 2, 3, 4, 5};
    assertThat(blindness(symmetric, batch(ONE, OTHER))).isEqualTo("transposed weights");
    assertThat(blindness(WEIGHTS, batch(new double[] {0, -0.0, 0.5}, new double[] {0, 0, 1})))
        .contains("transposed weights");
    assertThat(blindness(new double[6], batch(ONE, OTHER)))
        .contains("swapped hidden units", "transposed weights");
  }

  /** Wide networks get fewer samples; the names and sizes have to stay true. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20, 40, 3333, 4096})
  void every_width_has_a_design_of_changing_sizes_and_names_that_are_true(int hidden) {
    List<Design> designs = Designs.of(Form.FULL, new Topology(hidden), Precision.FLOAT, 1);
    Design ragged =
        designs.stream()
            .filter(d -> d.name().contains(" samples, then "))
            .findFirst()
            .orElseThrow();
    assertThat(ragged.blindTo()).isEmpty();
    for (Design design : designs) {
      List<Integer> sizes =
          design.steps().stream()
              .flatMap(step -> step.chunks().stream())
              .map(List::size)
              .distinct()
              .toList();
      if (design.name().startsWith("random n=")) {
        assertThat(design.name()).startsWith("random n=" + sizes.get(0) + ",");
      } else if (design.name().contains("outliers")) {
        assertThat(sizes)
            .allMatch(n -> design.name().contains(String.format(Locale.ROOT, "%,d", n)));
      } else if (design.name().contains(" samples in ")) {
        assertThat(design.name()).startsWith(number(design, sizes));
      }
    }
  }

  private static String number(Design design, List<Integer> sizes) {
    return design.name().contains(" and ")
        ? sizes.get(0) + " and " + sizes.get(1) + " "
        : String.format(Locale.ROOT, "%,d ", design.size());
  }

  private static String blindness(double[] weights, Samples... steps) {
    Topology topology = new Topology(weights.length / 3);
    return Blindness.of(DenseNetwork.of(topology), weights, List.of(steps));
  }

  private static Samples batch(double[]... samples) {
    return Samples.of(samples);
  }
}
