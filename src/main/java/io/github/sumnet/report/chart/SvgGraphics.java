package io.github.sumnet.report.chart;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import j2html.utils.EscapeUtil;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Writes what is painted as SVG elements. Texts stay texts, to be found and copied; each says how
 * wide it is, so that it fits its place in any font. What is clipped away is written all the same.
 */
final class SvgGraphics extends VectorGraphics2D {
  private static final String COMMANDS = "MLQCZ";
  private static final int[] COORDINATES = {2, 2, 4, 6, 0};

  private final StringBuilder elements = new StringBuilder();
  private final Graphics2D measure =
      Picture.graphics(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
  private final boolean themed;

  private SvgGraphics(boolean themed) {
    this.themed = themed;
  }

  /**
   * The elements of what is painted, a line for each.
   *
   * @param themed whether the palette's colours are the properties of a style sheet
   */
  static String elements(Picture picture, boolean themed) {
    SvgGraphics graphics = new SvgGraphics(themed);
    picture.paint(graphics);
    return graphics.elements.toString();
  }

  @Override
  public void fill(Shape shape) {
    path(shape, attribute("fill", color()));
  }

  @Override
  public void draw(Shape shape) {
    BasicStroke stroke = (BasicStroke) getStroke();
    String dashes =
        stroke.getDashArray() == null
            ? ""
            : attribute("stroke-dasharray", numbers(floats(stroke.getDashArray())));
    path(
        shape,
        attribute("fill", "none")
            + attribute("stroke", color())
            + attribute("stroke-width", number(stroke.getLineWidth()))
            + dashes);
  }

  @Override
  public void drawString(String text, float x, float y) {
    if (text.isBlank()) {
      return;
    }
    AffineTransform place = getTransform();
    place.translate(x, y);
    boolean upright = place.getShearX() == 0 && place.getShearY() == 0;
    double[] matrix = new double[6];
    place.getMatrix(matrix);
    elements
        .append("<text")
        .append(
            upright
                ? attribute("x", number(matrix[4])) + attribute("y", number(matrix[5]))
                : attribute("transform", "matrix(" + numbers(DoubleStream.of(matrix)) + ")"))
        .append(attribute("font-size", number(getFont().getSize2D())))
        .append(attribute("textLength", number(ChartFont.width(text, getFont()))))
        .append(attribute("lengthAdjust", "spacingAndGlyphs"))
        .append(attribute("fill", color()))
        .append(">")
        .append(EscapeUtil.escape(text))
        .append("</text>\n");
  }

  /** As on a PNG, so that both have the same layout. */
  @Override
  public FontMetrics getFontMetrics(Font font) {
    return measure.getFontMetrics(font);
  }

  @Override
  public FontRenderContext getFontRenderContext() {
    return measure.getFontRenderContext();
  }

  private void path(Shape shape, String look) {
    elements.append("<path d=\"");
    double[] coordinates = new double[6];
    for (PathIterator i = shape.getPathIterator(getTransform()); !i.isDone(); i.next()) {
      int segment = i.currentSegment(coordinates);
      elements
          .append(COMMANDS.charAt(segment))
          .append(numbers(Arrays.stream(coordinates, 0, COORDINATES[segment])));
    }
    elements.append("\"").append(look).append("/>\n");
  }

  private String color() {
    Color color = getColor();
    return Arrays.stream(Palette.values())
        .filter(each -> themed && each.light().equals(color))
        .map(each -> "var(" + each.property() + ")")
        .findFirst()
        .orElseGet(() -> String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xFFFFFF));
  }

  private static String attribute(String name, String value) {
    return " " + name + "=\"" + value + "\"";
  }

  private static DoubleStream floats(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }

  private static String numbers(DoubleStream values) {
    return values.mapToObj(SvgGraphics::number).collect(Collectors.joining(" "));
  }

  /** With two decimals: a two-hundredth of a unit is no picture's business. */
  private static String number(double value) {
    return BigDecimal.valueOf(Math.round(100 * value), 2).stripTrailingZeros().toPlainString();
  }
}
