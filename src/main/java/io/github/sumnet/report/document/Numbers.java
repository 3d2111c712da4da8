package io.github.sumnet.report.document;

import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {
  private Numbers() {}

  /** Four digits that count; NaN and infinities by name. */
  public static String rounded(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /** A number with five decimals. */
  public static String decimals(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }

  /** A measured number, without decimals. */
  public static String whole(double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : Double.toString(value);
  }
}
