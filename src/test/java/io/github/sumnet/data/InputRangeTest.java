package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputRangeTest {
  @Provide
  Arbitrary<InputRange> ranges() {
    return InputRanges.all();
  }

  @Provide
  Arbitrary<InputRange> rangesWithinReach() {
    return InputRanges.withinReach();
  }

  @Property
  void what_is_written_is_read_back(@ForAll("ranges") InputRange range) {
    assertThat(InputRange.parse(range.toString())).isEqualTo(range);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "0.5", "0:", ":0.5", "0:0.5:1", "a:b", "0-0.5", "0,0.5"})
  void anything_but_two_numbers_and_a_colon_is_refused(String text) {
    assertThatThrownBy(() -> InputRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected LOW:HIGH, such as 0:0.5, not '" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5:0.5", "0.5:0"})
  void an_empty_range_is_refused(String text) {
    assertThatThrownBy(() -> InputRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs LOW < HIGH, not 0.5:0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0:1000001", "-2e6:0", "NaN:1", "0:NaN", "0:Infinity", "-Infinity:0"})
  void what_lies_beyond_a_million_is_refused(String text) {
    assertThatThrownBy(() -> InputRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must lie within ±1e6");
  }

  @Test
  void a_range_between_two_grid_points_is_refused() {
    assertThatThrownBy(() -> InputRange.parse("0.10000001:0.10000002"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds no multiple of 2^-24");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.5, -24",
    "-0.5, 0.5, -24",
    "0, 0.50001, -23",
    "0, 1, -23",
    "-4, 1, -21",
    "0, 1e6, -3"
  })
  void the_grid_is_twice_as_coarse_for_every_doubling_beyond_a_half(
      double low, double high, int exponent) {
    assertThat(new InputRange(low, high).grid()).isEqualTo(Math.scalb(1.0, exponent));
  }

  @Property
  void sums_of_two_inputs_fit_the_24_bits_of_a_float(@ForAll("ranges") InputRange range) {
    long first = range.firstGridIndex();
    long last = first + range.gridPoints() - 1;
    assertThat(2 * Math.max(Math.abs(first), Math.abs(last))).isLessThanOrEqualTo(1L << 24);
    assertThat(first * range.grid()).isGreaterThanOrEqualTo(range.low());
    assertThat((first - 1) * range.grid()).isLessThan(range.low());
    assertThat(last * range.grid()).isLessThan(range.high());
    assertThat((last + 1) * range.grid()).isGreaterThanOrEqualTo(range.high());
  }

  @Property(tries = 200)
  void the_smallest_reachable_loss_is_the_mean_squared_distance_of_targets_from_the_sigmoid(
      @ForAll("ranges") InputRange range) {
    double width = range.high() - range.low();
    assertThat(range.smallestReachableLoss())
        .isCloseTo(integrated(range), within(1e-5 * width * width + 1e-5 * integrated(range)));
  }

  /** ½ E[distance of x1 + x2 from [0, 1]]², by the midpoint rule over the sum's triangle. */
  private static double integrated(InputRange range) {
    int cells = 2000;
    double width = range.high() - range.low();
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < cells; i++) {
      double s = (i + 0.5) / cells * 2 - 1;
      double y = range.low() + range.high() + width * s;
      double distance = Math.max(0, Math.max(y - 1, -y));
      sum += (1 - Math.abs(s)) * distance * distance;
      weights += 1 - Math.abs(s);
    }
    return 0.5 * sum / weights;
  }

  @Test
  void the_smallest_reachable_loss_is_known_where_it_is_easily_computed() {
    // y = 0.75 +- 0.25 + ... lies above 1 with E[(y-1)^2] = 1/24 for inputs in [0, 1).
    assertThat(new InputRange(0, 1).smallestReachableLoss()).isCloseTo(1.0 / 24, within(1e-15));
    // All of y = 4 + 2s, s triangular, lies above 1: (3^2 + 4/6) / 2.
    assertThat(new InputRange(1, 3).smallestReachableLoss()).isCloseTo(29.0 / 6, within(1e-14));
  }

  @Property
  void every_loss_can_be_reached_while_all_targets_can(
      @ForAll("rangesWithinReach") InputRange range) {
    assertThat(range.leavesSigmoid()).isFalse();
    assertThat(range.smallestReachableLoss()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1:0.5", "0:0.6", "-1:1"})
  void targets_out_of_reach_leave_a_loss(String text) {
    InputRange range = InputRange.parse(text);
    assertThat(range.leavesSigmoid()).isTrue();
    assertThat(range.smallestReachableLoss()).isPositive();
  }
}
