package io.github.sumnet.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTest {
  private static final List<String> DETAILS =
      List.of("loss 0.000230", "13.13 M samples/s", "step 640 of 1,280");

  @Property
  void a_line_never_is_wider_than_it_may_be_and_always_says_how_far_it_is(
      @ForAll @IntRange(max = 250) int width,
      @ForAll @DoubleRange(max = 1) double share,
      @ForAll double secondsLeft) {
    String line = new Status("training", share, secondsLeft, DETAILS).line(width);

    assertThat(line).hasSizeLessThanOrEqualTo(width).doesNotContain("\n", "\r", "?", "NaN");
    if (width >= 14) {
      assertThat(line).startsWith("training " + "%3d %%".formatted((int) (100 * share)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          10  | training
          30  | training  50 %, 2 s left
          47  | training  50 %, 2 s left, loss 0.000230
          78  | training  50 % [======      ] 2 s left, loss 0.000230, 13.13 M samples/s
          116 | training  50 % [===============               ] 2 s left, loss 0.000230, 13.13 M samples/s, step 640 of 1,280
          """)
  void the_wider_the_line_the_more_it_says(int width, String expected) {
    assertThat(new Status("training", 0.5, 2.3, DETAILS).line(width).strip())
        .isEqualTo(expected.strip());
  }

  @ParameterizedTest
  @CsvSource({"0, 0 s", "119.2, 119 s", "120, 2 min", "7000, 117 min", "9000, 2.5 h"})
  void the_time_that_is_left_is_said_in_the_unit_that_suits_it(double seconds, String text) {
    assertThat(new Status("t", 0, seconds, List.of()).line(80)).endsWith("] " + text + " left");
  }
}
