package io.github.sumnet.bench.statistics;

import java.util.Arrays;

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
   * @param ratios the challenger's rate over the other one's at each of them
   * @return a batch size, {@link #BELOW} or {@link #ABOVE}
   */
  public static double of(int[] sizes, double[] ratios) {
    int last = sizes.length - 1;
    if (ratios[last] <= 1) {
      return ABOVE;
    }
    int behind = last;
    while (behind >= 0 && ratios[behind] > 1) {
      behind--;
    }
    if (behind < 0) {
      return BELOW;
    }
    double from = Math.log(ratios[behind]);
    double to = Math.log(ratios[behind + 1]);
    double share = -from / (to - from);
    return sizes[behind] * Math.pow((double) sizes[behind + 1] / sizes[behind], share);
  }

  /** The same for every resampling: rows are sizes, columns resamplings. */
  public static double[] ofEach(int[] sizes, double[][] challenger, double[][] other) {
    double[] crossings = new double[challenger[0].length];
    Arrays.setAll(
        crossings,
        resampling -> {
          double[] ratios = new double[sizes.length];
          Arrays.setAll(ratios, k -> challenger[k][resampling] / other[k][resampling]);
          return of(sizes, ratios);
        });
    return crossings;
  }
}
