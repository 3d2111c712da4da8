package io.github.sumnet.train;

import java.util.Optional;

/**
 * How fast a run was once the JIT compiler had compiled it.
 *
 * @param samplesPerSecond the rate over the second half of its samples
 * @param secondsUntil from the first step on, how long it took until the rate from there to the
 *     half was at least nine tenths of that
 */
public record SteadyRate(double samplesPerSecond, double secondsUntil) {
  private static final double NEARLY = 0.9;

  /** Notes how far a run has come, and finds its steady part at the end. */
  static final class Recorder {
    private static final int MOST_MARKS = 512;

    private final long[] samples = new long[MOST_MARKS];
    private final double[] seconds = new double[MOST_MARKS];
    private int marks;
    private long stepsBetween = 1;

    /**
     * To be called after every step: some of them are kept, at even distances.
     *
     * @param step how many there were
     * @param taken how many samples they took
     * @param now seconds since the first step began
     */
    void mark(long step, long taken, double now) {
      if (step % stepsBetween != 0) {
        return;
      }
      if (marks == MOST_MARKS) {
        stepsBetween *= 2;
        marks /= 2;
        for (int i = 0; i < marks; i++) {
          samples[i] = samples[2 * i + 1];
          seconds[i] = seconds[2 * i + 1];
        }
        if (step % stepsBetween != 0) {
          return;
        }
      }
      samples[marks] = taken;
      seconds[marks] = now;
      marks++;
    }

    /** Empty after few steps. */
    Optional<SteadyRate> find() {
      int last = marks - 1;
      int half = 0;
      while (half < last && samples[half] < samples[Math.max(last, 0)] / 2) {
        half++;
      }
      if (last - half < 2 || half < 2) {
        return Optional.empty();
      }
      double steady = rate(half, last);
      int first = 0;
      while (first < half - 1 && rate(first, half) < NEARLY * steady) {
        first++;
      }
      return Optional.of(new SteadyRate(steady, seconds[first]));
    }

    private double rate(int from, int to) {
      return (samples[to] - samples[from]) / (seconds[to] - seconds[from]);
    }
  }
}
