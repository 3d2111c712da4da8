package io.github.sumnet.bench.statistics;

/**
 * A median and the interval that holds the true one with a confidence of 95 %.
 *
 * @param low its lower end, at most the median; null if there were too few repetitions for one
 * @param high its upper end; null likewise
 */
public record MedianInterval(double median, Double low, Double high) {
  /** Whether there is an interval. */
  public boolean hasInterval() {
    return low != null;
  }
}
