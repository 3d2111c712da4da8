package io.github.sumnet.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CrossingTest {
  private static final int[] SIZES = {32, 1024, 32_768, 1_048_576};

  private static double of(double... ratios) {
    return Crossing.of(SIZES, k -> ratios[k]);
  }

  private static double[] ratios(double crossing, double exponent) {
    double[] ratios = new double[SIZES.length];
    for (int k = 0; k < ratios.length; k++) {
      ratios[k] = Math.pow(SIZES[k] / crossing, exponent);
    }
    return ratios;
  }

  @Property
  void rates_whose_ratio_is_a_power_of_the_size_cross_where_it_is_one(
      @ForAll @DoubleRange(min = 33, max = 1_048_575) double crossing,
      @ForAll @DoubleRange(min = 0.01, max = 3) double exponent) {
    assertThat(of(ratios(crossing, exponent))).isCloseTo(crossing, within(1e-6 * crossing));
  }

  @Property
  void the_larger_the_lead_the_earlier_the_crossing(
      @ForAll @DoubleRange(min = 40, max = 1_000_000) double crossing,
      @ForAll @DoubleRange(min = 1.01, max = 10) double faster) {
    double[] more = ratios(crossing, 0.5);
    for (int k = 0; k < more.length; k++) {
      more[k] *= faster;
    }
    assertThat(of(more)).isLessThan(of(ratios(crossing, 0.5)));
  }

  @Test
  void a_lead_everywhere_begins_below_all_sizes() {
    assertThat(of(2, 3, 1.1, 5)).isEqualTo(Crossing.BELOW);
  }

  @Test
  void no_lead_at_the_largest_size_is_no_crossing_whatever_was_before() {
    assertThat(of(9, 9, 9, 1)).isEqualTo(Crossing.ABOVE);
  }

  @Test
  void of_several_crossings_the_last_one_counts() {
    assertThat(of(2, 0.5, 0.5, 2)).isBetween(32_768.0, 1_048_576.0);
  }

  @Test
  void a_single_size_has_no_crossing() {
    assertThat(Crossing.of(new int[] {32}, k -> 2)).isEqualTo(Crossing.BELOW);
    assertThat(Crossing.of(new int[] {32}, k -> 0.5)).isEqualTo(Crossing.ABOVE);
  }
}
