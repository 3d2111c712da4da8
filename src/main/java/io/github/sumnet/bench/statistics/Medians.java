package io.github.sumnet.bench.statistics;

import java.util.Collection;

/** Measures of a sample that a few wild values do not move. */
public final class Medians {
  /** Makes the median absolute deviation of normal values their standard deviation. */
  private static final double NORMAL = 1.4826;

  private Medians() {}

  /** The median of at least one value. */
  public static double median(Collection<Double> values) {
    return median(values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
  }

  /** The median of sorted values. */
  public static double median(double[] sorted) {
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** The median absolute deviation from the median as a share of it, times 1.4826. */
  public static double deviation(Collection<Double> values) {
    double median = median(values);
    return NORMAL * median(values.stream().map(v -> Math.abs(v - median)).toList()) / median;
  }
}
