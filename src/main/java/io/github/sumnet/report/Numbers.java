package io.github.sumnet.report;

import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {
  private Numbers() {}

  /** Four digits that count; NaN and infinities by name. */
  static String rounded(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /** Five decimals. */
  static String decimals(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }

  /** A whole number with its thousands apart. */
  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A measured number, without decimals. */
  static String whole(double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : Double.toString(value);
  }
}
