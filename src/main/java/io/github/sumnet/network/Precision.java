package io.github.sumnet.network;

import java.util.Locale;

/** The floating-point format that an engine computes in. */
public enum Precision {
  /** IEEE 754 binary32. */
  FLOAT(0x1p-24, Float.MIN_VALUE, Float.MAX_VALUE, Float.BYTES),
  /** IEEE 754 binary64. */
  DOUBLE(0x1p-53, Double.MIN_VALUE, Double.MAX_VALUE, Double.BYTES);

  private final double unitRoundoff;
  private final double smallestSubnormal;
  private final double largest;
  private final int bytes;

  Precision(double unitRoundoff, double smallestSubnormal, double largest, int bytes) {
    this.unitRoundoff = unitRoundoff;
    this.smallestSubnormal = smallestSubnormal;
    this.largest = largest;
    this.bytes = bytes;
  }

  /** u, the largest relative error of one rounding to nearest: 2^-24 or 2^-53. */
  public double unitRoundoff() {
    return unitRoundoff;
  }

  /** η, the distance between numbers where relative accuracy ends. */
  public double smallestSubnormal() {
    return smallestSubnormal;
  }

  /** The largest finite number. */
  public double largest() {
    return largest;
  }

  /** The size of a number in bytes. */
  public int bytes() {
    return bytes;
  }

  /** The value nearest to x in this format. */
  public double round(double x) {
    return this == FLOAT ? (float) x : x;
  }

  /** The distance from |x| to the next larger number. */
  public double ulp(double x) {
    return this == FLOAT ? Math.ulp((float) x) : Math.ulp(x);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
