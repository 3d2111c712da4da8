package io.github.sumnet.gradcheck.arithmetic;

import java.math.BigDecimal;

/**
 * A double-double: a decimal number as the unevaluated sum of two doubles, right to about 30
 * digits: enough to take its distance from a computed double without decimal arithmetic, a million
 * times over.
 *
 * @param high the number, to some 15 digits
 * @param low the number minus {@code high}
 */
public record DoubleDouble(double high, double low) {
  /**
   * 10^0 to 10^22 are exact in double; beyond, powers are right to a few units in the last place.
   */
  private static final int LARGEST_SCALE = 280;

  public static DoubleDouble of(BigDecimal exact) {
    double high = toDouble(exact);
    double low = Double.isInfinite(high) ? 0 : toDouble(exact.subtract(new BigDecimal(high)));
    return new DoubleDouble(high, low);
  }

  /** |computed − number|; not finite if the computed is not. */
  public double distance(double computed) {
    return Math.abs(computed - high - low);
  }

  /**
   * The number to some 15 digits. BigDecimal's own conversion is right to the last bit, and
   * converts through text for it.
   */
  public static double toDouble(BigDecimal exact) {
    int digitsBeyond = exact.scale();
    if (exact.signum() == 0 || Math.abs(digitsBeyond) > LARGEST_SCALE) {
      return exact.doubleValue();
    }
    double digits = exact.unscaledValue().doubleValue();
    double power = Math.pow(10, Math.abs(digitsBeyond));
    return digitsBeyond > 0 ? digits / power : digits * power;
  }
}
