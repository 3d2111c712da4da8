package io.github.sumnet.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes decimals for people to read. */
public final class Decimals {
  /** Whole numbers up to here are written plainly at any number of digits. */
  private static final int LARGEST_PLAIN_EXPONENT = 6;

  private static final int SHORT = 8;
  private static final int FIGURES = 5;

  private Decimals() {}

  /**
   * A value rounded to significant digits, without zeros at its end; with an exponent where it is
   * below 10^-6 or so large that plain zeros would have to stand for digits.
   */
  public static String text(BigDecimal value, int digits) {
    BigDecimal rounded =
        value.round(new MathContext(digits, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    int digitsBeforePoint = rounded.precision() - rounded.scale();
    boolean plain =
        rounded.scale() < 0 && digitsBeforePoint <= Math.max(digits, LARGEST_PLAIN_EXPONENT);
    return plain ? rounded.toPlainString() : rounded.toString();
  }

  /** A number that was given, in full if it has at most {@value #SHORT} digits, else to five. */
  public static String given(BigDecimal value) {
    boolean isShort = value.stripTrailingZeros().precision() <= SHORT;
    return text(value, isShort ? SHORT : FIGURES);
  }

  /** A number that was computed, to five significant digits, as in the document. */
  public static String computed(BigDecimal value) {
    return text(value, FIGURES);
  }
}
