package io.github.sumnet.report.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;

/**
 * What a chart has along one of its sides.
 *
 * @param title what is measured, and its unit
 * @param scale how values are laid out
 */
public record Axis(String title, Scale scale) {
  private static final double LARGEST = 1e300;

  /** Logarithms of smaller numbers are left out. */
  private static final double TINY = 1e-300;

  /** How far an axis goes beyond its values, as a share of the way between them. */
  private static final double ROOM = 0.03;

  /** The most room beyond the values of a logarithmic axis, in decades. */
  private static final double MOST_ROOM = 0.15;

  /** The least: the library leaves out the name of a decade on the very edge. */
  private static final double LEAST_ROOM = 1e-3;

  /** How values are laid out. */
  public enum Scale {
    /** From the smallest value to the largest. */
    LINEAR,
    /** From 0, or below where values are. */
    FROM_ZERO,
    /** By powers of ten; values that are not positive are left out. */
    LOGARITHMIC
  }

  public static Axis linear(String title) {
    return new Axis(title, Scale.LINEAR);
  }

  public static Axis fromZero(String title) {
    return new Axis(title, Scale.FROM_ZERO);
  }

  public static Axis logarithmic(String title) {
    return new Axis(title, Scale.LOGARITHMIC);
  }

  /** Whether there is a place for a value; beyond, the distance of two has no number in double. */
  boolean shows(double value) {
    return Math.abs(value) <= LARGEST && (scale != Scale.LOGARITHMIC || value >= TINY);
  }

  /** An axis with room for those of the values that it shows, and for some where there is none. */
  ValueAxis over(DoubleStream values) {
    DoubleSummaryStatistics shown = values.filter(this::shows).summaryStatistics();
    double low = shown.getCount() == 0 ? 1 : shown.getMin();
    double high = shown.getCount() == 0 ? 1 : shown.getMax();
    if (scale == Scale.LOGARITHMIC) {
      LogAxis axis = new DecadeAxis(title);
      axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
      axis.setNumberFormatOverride(ShortNumberFormat.DECADES);
      axis.setRange(decades(low, high));
      return axis;
    }
    NumberAxis axis = new NumberAxis(title);
    axis.setNumberFormatOverride(ShortNumberFormat.NUMBERS);
    axis.setRange(
        scale == Scale.LINEAR
            ? linear(low, high, ROOM * (high - low))
            : linear((1 + ROOM) * Math.min(0, low), (1 + ROOM) * Math.max(0, high), 0));
    return axis;
  }

  private static Range decades(double low, double high) {
    double first = Math.log10(low);
    double last = Math.log10(high);
    double room = low == high ? 1 : Math.min(MOST_ROOM, ROOM * (last - first));
    if (Math.floor(last + room) - Math.ceil(first - room) < 1) {
      // Fewer than two decades' ends: a reader could not tell what lies between.
      first = Math.floor(first);
      last = Math.max(first + 1, Math.ceil(last));
      room = LEAST_ROOM;
    }
    return new Range(Math.pow(10, first - room), Math.pow(10, last + room));
  }

  private static Range linear(double low, double high, double room) {
    double size = Math.max(Math.abs(low), Math.abs(high));
    if (size < TINY) {
      return new Range(-1, 1);
    }
    double needed = high - low > size * 1e-6 ? room : size / 2;
    return new Range(low - needed, high + needed);
  }

  /** The library's own names of powers of ten are no texts, but the outlines of their letters. */
  private static final class DecadeAxis extends LogAxis {
    private DecadeAxis(String title) {
      super(title);
    }

    @Override
    public List<NumberTick> refreshTicks(
        Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
      List<NumberTick> ticks = new ArrayList<>();
      for (Object each : super.refreshTicks(graphics, state, area, edge)) {
        ValueTick tick = (ValueTick) each;
        if (tick.getTickType().equals(TickType.MAJOR)) {
          String name = getNumberFormatOverride().format(tick.getValue());
          ticks.add(
              new NumberTick(tick.getValue(), name, tick.getTextAnchor(), TextAnchor.CENTER, 0));
        }
      }
      return ticks;
    }
  }
}
