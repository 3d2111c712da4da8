package io.github.sumnet.engine;

/**
 * The fused engine's exponential in float, operation by operation: every kernel makes the same ones
 * in the same order, so all of them compute the same bits.
 *
 * <p>e^−m = 2^n·e^−r with n = −m/ln 2 rounded to an integer and r = m + n·ln 2 within ±½·ln 2, ln 2
 * in two parts of which the first times n is exact. e^−r is a polynomial of degree 5, the best with
 * constant term 1 for the relative error (Remez), off by 9.2e-8. 2^n is added to the exponent's
 * bits.
 */
public final class FloatFormulas {
  /**
   * At most so large is the relative error of e^−m for 0 ≤ m ≤ {@link #LARGEST}, in units of 2^-24:
   * 1.54 of the polynomial; 0.25 of the rounding of r, whose first product is exact; 1.42 of
   * Horner's last three roundings, of which those before the last count |r| ≤ 0.35 and r²/2.
   */
  public static final double ERROR_IN_UNITS = 3.25;

  /** Beyond it e^−m counts as e^−87 = 1.6e-38: 2^n has to stay a normal number. */
  public static final float LARGEST = 87;

  public static final float MINUS_LOG2_E = -0x1.715476p0f;

  /** Added and taken away again, it rounds to an integer, which its low bits show in between. */
  public static final float ROUNDER = 0x1.8p23f;

  public static final float LN2_HIGH = 0x1.62e4p-1f;
  public static final float LN2_LOW = 0x1.7f7d1cp-20f;

  public static final float C5 = -0x1.0fa806p-7f;
  public static final float C4 = 0x1.573a9p-5f;
  public static final float C3 = -0x1.555a6cp-3f;
  public static final float C2 = 0x1.fffdc4p-2f;
  public static final float C1 = -0x1.fffff6p-1f;

  /** Where the exponent's bits begin. */
  public static final int EXPONENT_SHIFT = 23;

  private FloatFormulas() {}

  /** e^−m for m ≥ 0. */
  static float exp(float m) {
    float bounded = Math.min(m, LARGEST);
    float shifted = Math.fma(bounded, MINUS_LOG2_E, ROUNDER);
    float n = shifted - ROUNDER;
    float r = Math.fma(n, LN2_LOW, Math.fma(n, LN2_HIGH, bounded));
    float p = Math.fma(C5, r, C4);
    p = Math.fma(p, r, C3);
    p = Math.fma(p, r, C2);
    p = Math.fma(p, r, C1);
    p = Math.fma(p, r, 1);
    int exponent = Float.floatToRawIntBits(shifted) << EXPONENT_SHIFT;
    return Float.intBitsToFloat(exponent + Float.floatToRawIntBits(p));
  }
}
