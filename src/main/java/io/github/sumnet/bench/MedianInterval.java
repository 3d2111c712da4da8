package io.github.sumnet.bench;

/**
 * A median and the interval that holds the true one with a confidence of 95 %.
 *
 * @param low its lower end, at most the median
 * @param high its upper end
 */
public record MedianInterval(double median, double low, double high) {
  /** Half the interval's width, as a share of the median. */
  public double relativeHalfWidth() {
    return (high - low) / 2 / median;
  }

  /** Whether this one lies above the other as a whole. */
  public boolean isAbove(MedianInterval other) {
    return low > other.high;
  }
}
