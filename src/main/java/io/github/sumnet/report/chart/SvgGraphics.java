package io.github.sumnet.report.chart;

import static j2html.TagCreator.tag;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import j2html.tags.ContainerTag;
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
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
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
    add(path(shape).attr("fill", color()));
  }

  @Override
  public void draw(Shape shape) {
    BasicStroke stroke = (BasicStroke) getStroke();
    float[] dashes = Objects.requireNonNullElse(stroke.getDashArray(), new float[0]);
    add(
        path(shape)
            .attr("fill", "none")
            .attr("stroke", color())
            .attr("stroke-width", number(stroke.getLineWidth()))
            .condAttr(
                dashes.length > 0,
                "stroke-dasharray",
                numbers(
                    IntStream.range(0, dashes.length).mapToDouble(i -> dashes[i]).toArray(),
                    dashes.length)));
  }

  @Override
  public void drawString(String text, float x, float y) {
    AffineTransform place = getTransform();
    place.translate(x, y);
    double[] matrix = new double[6];
    place.getMatrix(matrix);
    add(
        tag("text")
            .attr("transform", "matrix(" + numbers(matrix, matrix.length) + ")")
            .attr("font-size", number(getFont().getSize2D()))
            .attr("textLength", number(ChartFont.width(text, getFont())))
            .attr("lengthAdjust", "spacingAndGlyphs")
            .attr("fill", color())
            .withText(text));
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

  private void add(ContainerTag<?> element) {
    elements.append(element.render()).append('\n');
  }

  private ContainerTag<?> path(Shape shape) {
    StringBuilder path = new StringBuilder();
    double[] coordinates = new double[6];
    for (PathIterator i = shape.getPathIterator(getTransform()); !i.isDone(); i.next()) {
      int segment = i.currentSegment(coordinates);
      path.append(COMMANDS.charAt(segment)).append(numbers(coordinates, COORDINATES[segment]));
    }
    return tag("path").attr("d", path.toString());
  }

  private String color() {
    Color color = getColor();
    return Arrays.stream(Palette.values())
        .filter(each -> themed && each.light().equals(color))
        .map(each -> "var(" + each.property() + ")")
        .findFirst()
        .orElseGet(() -> String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xFFFFFF));
  }

  private static String numbers(double[] values, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      append(i == 0 ? text : text.append(' '), values[i]);
    }
    return text.toString();
  }

  private static String number(double value) {
    return numbers(new double[] {value}, 1);
  }

  /**
   * With two decimals: a two-hundredth of a unit is no picture's business. A page has tens of
   * thousands of these numbers, and is written by code that is not compiled yet.
   */
  private static void append(StringBuilder text, double value) {
    long hundredths = Math.round(100 * value);
    long size = Math.abs(hundredths);
    text.append(hundredths < 0 ? "-" : "").append(size / 100);
    if (size % 100 != 0) {
      text.append('.').append(size / 10 % 10);
    }
    if (size % 10 != 0) {
      text.append(size % 10);
    }
  }
}
