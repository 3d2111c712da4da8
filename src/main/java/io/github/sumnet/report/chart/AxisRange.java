package io.github.sumnet.report.chart;

import java.util.Locale;

/**
 * What an axis shows. The chart library sees every axis as a linear one: of a logarithmic axis it
 * gets logarithms, since its own has no short names for large numbers.
 *
 * @param low its one end
 * @param high its other end, above low
 * @param unit what values are divided by before the chart library sees them: its ticks are wrong
 *     for numbers below 1e-10, and slow for large ones
 */
record AxisRange(double low, double high, double unit, boolean logarithmic) {
  /** How far a logarithmic axis goes beyond its values, as a share of the way between them. */
  private static final double ROOM = 0.03;

  /** In decades. */
  private static final double MOST_ROOM = 0.15;

  private static final double MOST_DECADES = 15;

  /** As good as 0. */
  private static final double TINY = 1e-300;

  /** What these values need; something even where there is none, or only one. */
  static AxisRange of(Axis axis, double... values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (axis.shows(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low > high) {
      low = 1;
      high = 1;
    }
    return switch (axis.scale()) {
      case LOGARITHMIC -> decades(low, high);
      case FROM_ZERO -> linear(1.05 * Math.min(0, low), 1.05 * Math.max(0, high));
      case LINEAR -> linear(low, high);
    };
  }

  private static AxisRange decades(double low, double high) {
    double room = Math.min(MOST_ROOM, ROOM * (Math.log10(high) - Math.log10(low)));
    double first = Math.log10(low) - room;
    double last = Math.log10(high) + room;
    if (low == high) {
      first--;
      last++;
    } else if (Math.floor(last) - Math.ceil(first) < 1) {
      // Fewer than two decades' ends: a reader could not tell what lies between.
      first = Math.floor(Math.log10(low));
      last = Math.max(first + 1, Math.ceil(Math.log10(high)));
    }
    return new AxisRange(Math.pow(10, first), Math.pow(10, last), 1, true);
  }

  private static AxisRange linear(double low, double high) {
    double size = Math.max(Math.abs(low), Math.abs(high));
    size = size < TINY ? 0 : size;
    double unit = size == 0 ? 1 : Math.pow(10, Math.floor(Math.log10(size)));
    if (size > 0 && high - low > size * 1e-6) {
      return new AxisRange(low, high, unit, false);
    }
    double room = size == 0 ? 1 : size / 2;
    return new AxisRange(low - room, high + room, unit, false);
  }

  double scaled(double value) {
    return logarithmic ? Math.log10(value) : value / unit;
  }

  /** Both ends and a place between, not in order: then ticks are at round numbers, not at data. */
  double[] frame() {
    double first = scaled(low);
    double last = scaled(high);
    return new double[] {last, first, first + (last - first) / 3};
  }

  /**
   * What stands beside a tick: 0.05, 250 k, 1.5 M. Nothing between two decades: the chart library
   * takes wider steps until all names are different. It has no ticks at all where both ends have
   * the same name, so the lower one has its own.
   */
  String label(double scaledValue) {
    if (logarithmic) {
      return logarithmicLabel(scaledValue);
    }
    return shortName(scaledValue * unit);
  }

  private String logarithmicLabel(double logarithm) {
    if (logarithm != Math.rint(logarithm) && logarithm != scaled(low)) {
      return "";
    }
    // The library tries ticks far beyond both ends, where there is no number in double.
    return Math.abs(logarithm) > MOST_DECADES
        ? String.format(Locale.ROOT, "1e%.0f", logarithm)
        : shortName(Math.pow(10, logarithm));
  }

  /** Short enough for an axis: 0.05, 250 k, 1.5 M, 2 G, 3e-5. */
  private static String shortName(double value) {
    double size = Math.abs(value);
    if (size >= 1e15 || (size > 0 && size < 1e-4)) {
      return String.format(Locale.ROOT, "%.3e", value).replaceFirst("\\.?0*e", "e");
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
