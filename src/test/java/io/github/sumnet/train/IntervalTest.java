package io.github.sumnet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {

  @ParameterizedTest
  @CsvSource({"200ms, 0.2", "30s, 30", "5m, 300", "2h, 7200"})
  void a_number_with_a_unit_is_a_time(String text, double seconds) {
    Interval interval = Interval.parse(text);

    assertThat(interval.isTime()).isTrue();
    assertThat(interval.seconds()).isEqualTo(seconds);
    assertThat(interval).hasToString(text);
    assertThat(Interval.ofSeconds(seconds)).hasToString(text);
  }

  @Test
  void a_time_passes_with_the_seconds_whatever_the_steps() {
    Interval interval = Interval.parse("30s");

    assertThat(interval.hasPassed(1_000_000, 29.9)).isFalse();
    assertThat(interval.hasPassed(0, 30)).isTrue();
  }

  @Test
  void a_bare_number_counts_steps_whatever_the_seconds() {
    Interval interval = Interval.parse("7");

    assertThat(interval.isTime()).isFalse();
    assertThat(interval.hasPassed(6, 1e9)).isFalse();
    assertThat(interval.hasPassed(7, 0)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"10k, 10000", "1e3, 1000", "64Ki, 65536"})
  void steps_are_counts_as_everywhere(String text, long steps) {
    assertThat(Interval.parse(text).hasPassed(steps, 0)).isTrue();
    assertThat(Interval.parse(text).hasPassed(steps - 1, 1e9)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0s", "-1", "5x", "s", "1.5s", "1 s", "1S", "٣s"})
  void anything_else_is_refused_with_what_was_found_and_what_was_expected(String text) {
    assertThatThrownBy(() -> Interval.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("200ms, 30s, 5m or 2h, or a number of steps");
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999999999h", "999999999999999m", "999999999999999s"})
  void the_longest_times_that_can_be_written_never_pass(String text) {
    assertThat(Interval.parse(text).hasPassed(Long.MAX_VALUE, 1e9)).isFalse();
  }
}
