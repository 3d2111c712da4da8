package io.github.sumnet.bench;

import java.util.Collection;

/** Statistics that a few outliers do not change. */
final class Statistics {
  /** Makes the median absolute deviation of normal values their standard deviation. */
  private static final double NORMAL = 1.4826;

  private Statistics() {}

  /** The median of at least one value. */
  static double median(Collection<Double> values) {
    return median(values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
  }

  /** The median of sorted values. */
  static double median(double[] sorted) {
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** The median absolute deviation from the median as a share of it, times 1.4826. */
  static double deviation(Collection<Double> values) {
    double median = median(values);
    return NORMAL * median(values.stream().map(v -> Math.abs(v - median)).toList()) / median;
  }
}
