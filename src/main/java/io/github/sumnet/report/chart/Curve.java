package io.github.sumnet.report.chart;

import java.util.List;

/**
 * Values that belong together on a chart.
 *
 * @param name what they are, for the legend
 * @param look null for the colour of its place among the chart's curves
 */
public record Curve(String name, List<Point> points, Form form, Look look) {
  /**
   * What tells it from the chart's other curves, for those too who see no colours.
   *
   * @param color its place among the colours of curves
   */
  public record Look(int color, Mark mark, Line line) {}

  /** How points are connected. */
  public enum Line {
    SOLID,
    DASHED,
    DASH_DOTTED
  }

  /** What stands at a point. */
  public enum Mark {
    CIRCLE,
    SQUARE,
    TRIANGLE,
    DIAMOND,
    CROSS,
    PLUS,
    TRAPEZOID
  }

  /** How they are drawn. */
  public enum Form {
    /** A line, with a mark at every point as long as there are few. */
    LINE,
    DOTS
  }

  /**
   * One of them; {@code low} and {@code high} are the ends of its error bar, y itself where there
   * is none.
   */
  public record Point(double x, double y, double low, double high) {
    /** Without an error bar. */
    public Point(double x, double y) {
      this(x, y, y, y);
    }

    public boolean hasErrorBar() {
      return low < high;
    }
  }

  public Curve {
    points = List.copyOf(points);
  }

  public static Curve line(String name, List<Point> points) {
    return new Curve(name, points, Form.LINE, null);
  }

  /** A line that looks as it is told. */
  public static Curve line(String name, List<Point> points, Look look) {
    return new Curve(name, points, Form.LINE, look);
  }

  public static Curve dots(String name, List<Point> points) {
    return new Curve(name, points, Form.DOTS, null);
  }
}
