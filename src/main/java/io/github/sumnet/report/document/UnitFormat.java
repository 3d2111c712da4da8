package io.github.sumnet.report.document;

import io.github.sumnet.bench.statistics.MedianInterval;
import java.util.Locale;

/** Numbers as people read them; those of very different sizes with a prefix of their unit. */
public final class UnitFormat {
  private static final String[] LARGE = {"", " k", " M", " G", " T"};
  private static final String[] SMALL = {" s", " ms", " µs", " ns"};

  private UnitFormat() {}

  /** A number with three digits and a prefix, such as 13.2 M. */
  public static String of(double value) {
    int unit = unit(value);
    return number(value / Math.pow(1e3, unit)) + LARGE[unit];
  }

  /** An interval with the prefix of its median left out, such as [13.0, 13.5]. */
  public static String interval(MedianInterval interval) {
    if (!interval.hasInterval()) {
      return "no interval";
    }
    double unit = Math.pow(1e3, unit(interval.median()));
    return "[" + number(interval.low() / unit) + ", " + number(interval.high() / unit) + "]";
  }

  private static int unit(double value) {
    int unit = 0;
    while (unit < LARGE.length - 1 && value / Math.pow(1e3, unit) >= 999.5) {
      unit++;
    }
    return unit;
  }

  /** A time, such as 4.25 µs. */
  public static String time(double seconds) {
    if (seconds == 0) {
      return "0";
    }
    int unit = 0;
    while (unit < SMALL.length - 1 && seconds * Math.pow(1e3, unit) < 0.9995) {
      unit++;
    }
    return number(seconds * Math.pow(1e3, unit)) + SMALL[unit];
  }

  /** A number of bytes with a decimal prefix, such as 1.20 MB. */
  public static String bytes(long bytes) {
    return bytes < 1000 ? bytes + " B" : of((double) bytes) + "B";
  }

  /** A number with three significant digits. */
  public static String number(double value) {
    int digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

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
