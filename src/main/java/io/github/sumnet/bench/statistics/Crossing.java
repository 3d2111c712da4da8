package io.github.sumnet.bench.statistics;

import java.util.function.IntToDoubleFunction;

/**
 * Where a challenger overtakes for good: beyond its last tested size without a lead. Between two
 * sizes the logarithm of the rates' ratio is taken to be a straight line over that of the size.
 */
public final class Crossing {
  /** It leads at every size. */
  public static final double BELOW = Double.NEGATIVE_INFINITY;

  /** It does not lead at the largest size. */
  public static final double ABOVE = Double.POSITIVE_INFINITY;

  private Crossing() {}

  /**
   * Where the ratio becomes 1.
   *
   * @param sizes batch sizes, ascending
   * @param ratio the challenger's rate over the other one's at each of them, by its place
   * @return a batch size, {@link #BELOW} or {@link #ABOVE}
   */
  static double of(int[] sizes, IntToDoubleFunction ratio) {
    int last = sizes.length - 1;
    if (ratio.applyAsDouble(last) <= 1) {
      return ABOVE;
    }
    int behind = last;
    while (behind >= 0 && ratio.applyAsDouble(behind) > 1) {
      behind--;
    }
    if (behind < 0) {
      return BELOW;
    }
    double from = Math.log(ratio.applyAsDouble(behind));
    double to = Math.log(ratio.applyAsDouble(behind + 1));
    double share = -from / (to - from);
    return sizes[behind] * Math.pow((double) sizes[behind + 1] / sizes[behind], share);
  }
}
