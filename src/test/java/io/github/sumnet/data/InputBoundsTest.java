package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputBoundsTest {
  private static final InputBounds BOUNDS = new InputBounds(0, 100, -100, 200);

  @ParameterizedTest
  @CsvSource({
    "0, 100, -100, 200, false",
    "-1, 101, -103, 203, false",
    "-1.1, 100, -100, 200, true",
    "0, 101.1, -100, 200, true",
    "0, 100, -103.1, 200, true",
    "0, 100, -100, 203.1, true"
  })
  void a_hundredth_of_a_range_is_not_beyond_it(
      double x1Low, double x1High, double x2Low, double x2High, boolean exceeded) {
    assertThat(BOUNDS.areExceededBy(new InputBounds(x1Low, x1High, x2Low, x2High)))
        .isEqualTo(exceeded);
  }

  @Test
  void ranges_are_written_once_where_they_are_alike_and_to_four_digits() {
    assertThat(InputBounds.of(new InputRange(-0.5, 1)).ranges()).isEqualTo("-0.5:1.0");
    assertThat(new InputBounds(0, 1.0 / 3, 0, 2.0 / 3).ranges())
        .isEqualTo("x1 in 0.0:0.3333, x2 in 0.0:0.6667");
  }
}
