package io.github.sumnet.bench.statistics;

import java.util.Locale;

/**
 * How many times another rate a rate is: whatever is said to be faster or slower is judged by this.
 *
 * @param value the quotient of the medians
 * @param low lower end of its 95 % interval; null if one of the two was repeated too few times
 * @param high upper end; null likewise
 */
public record Ratio(double value, Double low, Double high) {
  /** What can be said. */
  public enum Verdict {
    /** The interval lies above 1. */
    FASTER,
    /** It lies below 1. */
    SLOWER,
    /** It contains 1, or there is none. */
    INCONCLUSIVE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it is more than noise, and which way it goes. */
  public Verdict verdict() {
    if (low == null) {
      return Verdict.INCONCLUSIVE;
    }
    if (low > 1) {
      return Verdict.FASTER;
    }
    return high < 1 ? Verdict.SLOWER : Verdict.INCONCLUSIVE;
  }
}
