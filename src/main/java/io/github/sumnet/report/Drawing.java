package io.github.sumnet.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * A picture before it is written to a file: marks in the order in which they are painted, on white.
 *
 * @param title what the picture shows, for those who cannot see it
 */
public record Drawing(int width, int height, String title, List<Mark> marks) {
  public Drawing {
    marks = List.copyOf(marks);
  }

  /** Something on the picture. */
  public sealed interface Mark {}

  /** A closed shape and its border. */
  public record Area(Shape shape, Color fill, Color border) implements Mark {}

  /** A line along a path. */
  public record Line(Shape path, Color color, double width, boolean dashed) implements Mark {}

  /**
   * A line of text.
   *
   * @param x its left end
   * @param width how wide the text is in Liberation Sans of this size
   */
  public record Label(
      String text, double x, double baseline, double width, double size, Color color)
      implements Mark {
    /** Where it is, from its font's highest letters to the lowest. */
    public Rectangle2D bounds() {
      return new Rectangle2D.Double(
          x, baseline - Typeface.ASCENT * size, width, (Typeface.ASCENT + Typeface.DESCENT) * size);
    }
  }

  /** On what share of a dashed line there is ink, then none, in units of the picture. */
  static final float[] DASHES = {8, 5};
}
