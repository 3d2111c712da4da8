package io.github.sumnet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SteadyRateTest {
  private static final int BATCH = 1000;

  @Property(tries = 100)
  void a_slow_start_of_less_than_half_is_told_from_the_rest(
      @ForAll @IntRange(min = 50, max = 20_000) int steps,
      @ForAll @DoubleRange(min = 0, max = 0.4) double slowPart,
      @ForAll @DoubleRange(min = 3, max = 100) double timesSlower) {
    long slowSteps = (long) (steps * slowPart);
    SteadyRate.Recorder recorder = new SteadyRate.Recorder();
    double now = 0;
    for (int step = 1; step <= steps; step++) {
      now += step <= slowSteps ? timesSlower : 1;
      recorder.mark(step, (long) step * BATCH, now);
    }

    SteadyRate steady = recorder.find().orElseThrow();

    assertThat(steady.samplesPerSecond()).isCloseTo(BATCH, within(1e-6));
    // A tenth of the fast steps may count as slow ones do, and marks are some steps apart.
    double apart = Math.max(1, steps / 256.0);
    assertThat(steady.secondsUntil())
        .isBetween(
            slowSteps * timesSlower - (0.12 * steps + 2 * apart * timesSlower),
            (slowSteps + apart + 1) * timesSlower + apart);
  }

  @Test
  void a_few_steps_have_none() {
    SteadyRate.Recorder recorder = new SteadyRate.Recorder();
    assertThat(recorder.find()).isEmpty();
    recorder.mark(1, 1, 1);
    recorder.mark(2, 2, 2);
    assertThat(recorder.find()).isEmpty();
  }
}
