package io.github.sumnet.data;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Where some samples' inputs lie.
 *
 * @param x1Low the smallest x1
 * @param x1High the largest x1
 * @param x2Low the smallest x2
 * @param x2High the largest x2
 */
public record InputBounds(double x1Low, double x1High, double x2Low, double x2High) {
  /** As a share of a range: samples that are drawn in the same way reach as far beyond it. */
  private static final double MARGIN = 0.01;

  /** Those of samples that are generated in a range. */
  public static InputBounds of(InputRange range) {
    return new InputBounds(range.low(), range.high(), range.low(), range.high());
  }

  /** Whether others reach beyond them, by more than a hundredth of a range. */
  public boolean areExceededBy(InputBounds others) {
    double x1Margin = MARGIN * (x1High - x1Low);
    double x2Margin = MARGIN * (x2High - x2Low);
    return others.x1Low < x1Low - x1Margin
        || others.x1High > x1High + x1Margin
        || others.x2Low < x2Low - x2Margin
        || others.x2High > x2High + x2Margin;
  }

  /** As LOW:HIGH, for each input where they differ, to four digits. */
  public String ranges() {
    String x1 = range(x1Low, x1High);
    String x2 = range(x2Low, x2High);
    return x1.equals(x2) ? x1 : "x1 in " + x1 + ", x2 in " + x2;
  }

  private static String range(double low, double high) {
    return rounded(low) + ":" + rounded(high);
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }
}
