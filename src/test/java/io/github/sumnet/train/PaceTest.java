package io.github.sumnet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Position RESUMED = new Position(100, 1, 0, 50);

  @Test
  void a_run_that_ends_by_time_is_as_far_as_its_time() {
    Pace pace = new Pace(new StopRule(0, 0, 20, 0), 10, Position.START);

    assertThat(pace.share(123, 5)).isEqualTo(0.25);
    assertThat(pace.secondsLeft(123, 5)).isEqualTo(15);
    assertThat(pace.endStep()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void what_comes_first_is_the_end() {
    Pace pace = new Pace(new StopRule(2, 0, 20, 0), 10, Position.START);

    assertThat(pace.share(5, 10)).isEqualTo(0.5);
    assertThat(pace.secondsLeft(5, 10)).isEqualTo(10);
    assertThat(pace.share(15, 10)).isEqualTo(0.75);
    assertThat(pace.secondsLeft(16, 8)).isEqualTo(2);
  }

  /** The run before took half a second a step; this process takes as long as it is seen to. */
  @Property
  void the_rest_of_a_resumed_run_is_reckoned_by_its_own_pace(
      @ForAll @IntRange(min = 101, max = 200) int step, @ForAll @IntRange(max = 1000) int millis) {
    Pace pace = new Pace(new StopRule(0, 200, 0, 0), 10, RESUMED);
    double perStep = millis / 1e3;

    assertThat(pace.secondsLeft(step, 50 + (step - 100) * perStep))
        .isCloseTo((200 - step) * perStep, within(1e-9));
  }

  @Test
  void before_its_first_step_nothing_is_known_of_the_pace() {
    assertThat(new Pace(new StopRule(0, 200, 0, 0), 10, RESUMED).secondsLeft(100, 50)).isInfinite();
    assertThat(new Pace(new StopRule(0, 200, 60, 0), 10, RESUMED).secondsLeft(100, 50))
        .isEqualTo(10);
  }
}
