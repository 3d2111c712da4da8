package io.github.sumnet.report.chart;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.util.ShapeUtils;

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
    DASHED(6, 4),
    DASH_DOTTED(8, 3, 2, 3);

    private final float[] dashes;

    Line(float... dashes) {
      this.dashes = dashes.length == 0 ? null : dashes;
    }

    BasicStroke stroke() {
      return new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
    }
  }

  /** What stands at a point. */
  public enum Mark {
    CIRCLE(new Ellipse2D.Double(-3, -3, 6, 6)),
    SQUARE(new Rectangle2D.Double(-3, -3, 6, 6)),
    TRIANGLE(ShapeUtils.createUpTriangle(3.5f)),
    DOWN(ShapeUtils.createDownTriangle(3.5f)),
    DIAMOND(ShapeUtils.createDiamond(4)),
    CROSS(ShapeUtils.createDiagonalCross(3, 0.5f)),
    PLUS(ShapeUtils.createRegularCross(4, 0.5f));

    private final Shape shape;

    Mark(Shape shape) {
      this.shape = shape;
    }

    Shape shape() {
      return shape;
    }
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
