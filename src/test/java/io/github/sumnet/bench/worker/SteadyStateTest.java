package io.github.sumnet.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Warm-ups that nobody waited for. */
class SteadyStateTest {
  private static final int PATIENCE = 2000;

  /** The number of the window after which it is reached, or -1. */
  private static int reachedAfter(IntToDoubleFunction time, IntToDoubleFunction compiling) {
    SteadyState state = SteadyState.ofWarmProcess();
    for (int window = 0; window < PATIENCE; window++) {
      state.add(time.applyAsDouble(window), compiling.applyAsDouble(window));
      if (state.isReached()) {
        return window;
      }
    }
    return -1;
  }

  @Property
  void steps_that_always_take_as_long_are_steady_as_soon_as_there_are_enough_windows(
      @ForAll @DoubleRange(min = 0.01, max = 100) double seconds) {
    assertThat(reachedAfter(window -> seconds, window -> 0)).isEqualTo(SteadyState.WINDOWS - 1);
  }

  @Property
  void a_warm_up_that_decays_is_over_only_when_little_of_it_is_left(
      @ForAll @DoubleRange(min = 0.5, max = 50) double excess,
      @ForAll @IntRange(min = 5, max = 60) int windowsToDecay) {
    IntToDoubleFunction time = window -> 1 + excess * Math.exp(-window / (double) windowsToDecay);
    int reached = reachedAfter(time, window -> 0);
    assertThat(reached).isGreaterThan(0);
    // Two medians five windows apart differ by at most the tolerance.
    double left = time.applyAsDouble(reached) - 1;
    double drift = left * (Math.exp(5.0 / windowsToDecay) - 1);
    assertThat(drift).isLessThan(2 * SteadyState.TOLERANCE * (1 + left));
  }

  @Property
  void a_step_down_is_waited_for_until_the_windows_before_it_are_forgotten(
      @ForAll @IntRange(min = 0, max = 9) int windowsBefore) {
    int reached = reachedAfter(window -> window < windowsBefore ? 3 : 1, window -> 0);
    assertThat(reached).isGreaterThanOrEqualTo(SteadyState.WINDOWS - 1);
    assertThat(reached).isLessThanOrEqualTo(windowsBefore + SteadyState.WINDOWS);
  }

  @Property
  void nothing_is_steady_while_the_jit_compiler_is_at_work(
      @ForAll @IntRange(min = 20, max = 500) int windows) {
    int reached = reachedAfter(window -> 1, window -> window < windows ? 1 : 0);
    assertThat(reached).isGreaterThan(windows);
    assertThat(reached).isLessThanOrEqualTo(windows + SteadyState.WINDOWS);
  }

  @Property
  void a_new_process_is_not_steady_in_a_pause_of_the_jit_compiler(
      @ForAll @IntRange(min = 1, max = SteadyState.WINDOWS_OF_A_NEW_PROCESS - 1) int pause) {
    SteadyState state = SteadyState.ofNewProcess();
    for (int window = 0; window < 200; window++) {
      state.add(1, window % (pause + 1) == 0 ? 1 : 0);
      assertThat(state.isReached()).isFalse();
    }
  }

  /** Always the same noise: nothing keeps other noise from looking like a drift for long. */
  @Property(tries = 200, seed = "1")
  void noise_alone_does_not_keep_a_warm_up_going(
      @ForAll Random random, @ForAll @DoubleRange(min = 0, max = 0.3) double deviation) {
    int reached =
        reachedAfter(window -> 1 + deviation * Math.abs(random.nextGaussian()), window -> 0);
    assertThat(reached).isBetween(SteadyState.WINDOWS - 1, 100);
  }

  @Tag("campaign")
  @Property
  void steps_that_slow_down_steadily_are_never_steady(
      @ForAll @DoubleRange(min = 0.01, max = 0.2) double growth) {
    assertThat(reachedAfter(window -> Math.min(1e300, Math.pow(1 + growth, window)), w -> 0))
        .satisfiesAnyOf(
            reached -> assertThat(reached).isEqualTo(-1),
            reached -> assertThat(Math.pow(1 + growth, reached)).isGreaterThan(1e290));
  }
}
