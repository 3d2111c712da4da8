package io.github.sumnet.engine;

/**
 * The fused engine's exponential in double; see {@link FloatFormulas}. The polynomial has degree 11
 * and is off by 3.4e-18.
 */
public final class DoubleFormulas {
  /** As in float, in units of 2^-53, but with 0.04 of the polynomial. */
  public static final double ERROR_IN_UNITS = 1.75;

  /** Beyond it e^−m counts as e^−708 = 3.3e-308: 2^n has to stay a normal number. */
  public static final double LARGEST = 708;

  public static final double MINUS_LOG2_E = -0x1.71547652b82fep0;

  /** Added and taken away again, it rounds to an integer, which its low bits show in between. */
  public static final double ROUNDER = 0x1.8p52;

  public static final double LN2_HIGH = 0x1.62e42fefa38p-1;
  public static final double LN2_LOW = 0x1.ef35793c7673p-45;

  public static final double C11 = -0x1.ad595aacee44dp-26;
  public static final double C10 = 0x1.28afb4e9a224ap-22;
  public static final double C9 = -0x1.71df490d96535p-19;
  public static final double C8 = 0x1.a019973cd13c8p-16;
  public static final double C7 = -0x1.a01a01119526ap-13;
  public static final double C6 = 0x1.6c16c185660cp-10;
  public static final double C5 = -0x1.111111112f936p-7;
  public static final double C4 = 0x1.5555555550162p-5;
  public static final double C3 = -0x1.55555555554b3p-3;
  public static final double C2 = 0x1.000000000000bp-1;
  public static final double C1 = -1;

  /** Where the exponent's bits begin. */
  public static final int EXPONENT_SHIFT = 52;

  private DoubleFormulas() {}

  /** e^−m for m ≥ 0. */
  static double exp(double m) {
    double bounded = Math.min(m, LARGEST);
    double shifted = Math.fma(bounded, MINUS_LOG2_E, ROUNDER);
    double n = shifted - ROUNDER;
    double r = Math.fma(n, LN2_LOW, Math.fma(n, LN2_HIGH, bounded));
    double p = Math.fma(C11, r, C10);
    p = Math.fma(p, r, C9);
    p = Math.fma(p, r, C8);
    p = Math.fma(p, r, C7);
    p = Math.fma(p, r, C6);
    p = Math.fma(p, r, C5);
    p = Math.fma(p, r, C4);
    p = Math.fma(p, r, C3);
    p = Math.fma(p, r, C2);
    p = Math.fma(p, r, C1);
    p = Math.fma(p, r, 1);
    long exponent = Double.doubleToRawLongBits(shifted) << EXPONENT_SHIFT;
    return Double.longBitsToDouble(exponent + Double.doubleToRawLongBits(p));
  }
}
