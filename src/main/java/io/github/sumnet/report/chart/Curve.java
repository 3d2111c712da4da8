package io.github.sumnet.report.chart;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.util.ShapeUtils;

/**
 * Values that belong together on a chart. Color, mark and line tell them from the chart's other
 * curves, two of them at least for those who see no colours.
 *
 * @param name what they are, for the legend
 */
public record Curve(String name, List<Point> points, Palette color, Mark mark, Line line) {
  /** How points are connected. */
  public enum Line {
    NONE,
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

  /** What stands at a point; on a line only as long as there are few. */
  public enum Mark {
    CIRCLE(new Ellipse2D.Double(-3, -3, 6, 6)),
    SQUARE(new Rectangle2D.Double(-3, -3, 6, 6)),
    TRIANGLE(ShapeUtils.createUpTriangle(3.5f)),
    DOWN(ShapeUtils.createDownTriangle(3.5f)),
    DIAMOND(ShapeUtils.createDiamond(4)),
    CROSS(ShapeUtils.createDiagonalCross(3, 0.5f)),
    PLUS(ShapeUtils.createRegularCross(4, 0.5f));

    final Shape shape;

    Mark(Shape shape) {
      this.shape = shape;
    }
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

  public static Curve line(String name, Palette color, List<Point> points) {
    return new Curve(name, points, color, Mark.CIRCLE, Line.SOLID);
  }

  public static Curve dots(String name, Palette color, List<Point> points) {
    return new Curve(name, points, color, Mark.CIRCLE, Line.NONE);
  }
}
