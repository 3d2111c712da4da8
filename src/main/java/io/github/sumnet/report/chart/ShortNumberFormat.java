package io.github.sumnet.report.chart;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;

/** Numbers that are short on an axis and in a sentence: 0.05, 250 k, 1.5 M, 2 G, 3e-5. */
public final class ShortNumberFormat extends NumberFormat {
  public static final ShortNumberFormat NUMBERS = new ShortNumberFormat(false);

  /** The nearest power of ten: the chart library takes the ends of an axis too, for their width. */
  static final ShortNumberFormat DECADES = new ShortNumberFormat(true);

  private final boolean decades;

  private ShortNumberFormat(boolean decades) {
    this.decades = decades;
  }

  @Override
  public StringBuffer format(double value, StringBuffer text, FieldPosition unused) {
    return text.append(decades ? name(Math.pow(10, Math.rint(Math.log10(value)))) : name(value));
  }

  @Override
  public StringBuffer format(long value, StringBuffer text, FieldPosition unused) {
    return format((double) value, text, unused);
  }

  @Override
  public Number parse(String text, ParsePosition position) {
    throw new UnsupportedOperationException();
  }

  private static String name(double value) {
    double size = Math.abs(value);
    if (size >= 1e15 || (size > 0 && size < 1e-4)) {
      return String.format(Locale.ROOT, "%.3e", value).replaceFirst("\\.?0*e\\+?(-?)0*", "e$1");
    }
    if (size >= 1e9) {
      return plain(value / 1e9) + " G";
    }
    if (size >= 1e6) {
      return plain(value / 1e6) + " M";
    }
    return size >= 1e4 ? plain(value / 1e3) + " k" : plain(value);
  }

  private static String plain(double value) {
    String text = String.format(Locale.ROOT, "%.6f", value).replaceFirst("\\.?0+$", "");
    return text.equals("-0") ? "0" : text;
  }
}
