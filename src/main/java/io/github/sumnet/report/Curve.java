package io.github.sumnet.report;

import java.util.List;

/**
 * Values that belong together on a chart.
 *
 * @param name what they are, for the legend
 */
public record Curve(String name, List<Point> points, Form form) {
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

    boolean hasErrorBar() {
      return low < high;
    }
  }

  public Curve {
    points = List.copyOf(points);
  }

  public static Curve line(String name, List<Point> points) {
    return new Curve(name, points, Form.LINE);
  }

  public static Curve dots(String name, List<Point> points) {
    return new Curve(name, points, Form.DOTS);
  }
}
