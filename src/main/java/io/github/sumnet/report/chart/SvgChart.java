package io.github.sumnet.report.chart;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import j2html.utils.EscapeUtil;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** A chart as SVG; its letters are shapes, so that it looks the same whatever fonts there are. */
public final class SvgChart {
  private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d+");
  private static final Pattern BEFORE_CONTENT = Pattern.compile("(?s)^.*?<svg[^>]*>");
  private static final Pattern CLIP = Pattern.compile("clip(?=-?\\d)");

  private SvgChart() {}

  /**
   * An svg element to be put into a page, without a title. It is as wide as its place, and its
   * colours are the page's {@link Palette}.
   *
   * @param id tells its parts from those of the page's other charts
   */
  public static String inline(Chart chart, int width, int height, String id, String description) {
    String start =
        "<svg viewBox=\"0 0 "
            + width
            + " "
            + height
            + "\" role=\"img\" aria-label=\""
            + EscapeUtil.escape(description)
            + "\">";
    String content = CLIP.matcher(content(chart, width, height, false)).replaceAll(id + "-clip");
    return start + themed(content).strip();
  }

  /** A whole file that opens by itself, with a title, on white. */
  public static String file(Chart chart, int width, int height) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %1$d"
                + " %2$d\" role=\"img\">%n<title>%s</title>",
            width,
            height,
            EscapeUtil.escape(chart.title()))
        + content(chart, width, height, true).strip()
        + "\n";
  }

  /** All that comes after the root element's start. */
  private static String content(Chart chart, int width, int height, boolean titled) {
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart.paint(graphics, width, height, titled);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(graphics.getCommands(), new PageSize(width, height))
          .writeTo(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return shortened(
        BEFORE_CONTENT.matcher(bytes.toString(StandardCharsets.UTF_8)).replaceFirst(""));
  }

  /** With two decimals: the letters' outlines come in up to ten, and are most of a picture. */
  private static String shortened(String svg) {
    return LONG_NUMBER
        .matcher(svg)
        .replaceAll(
            number ->
                new BigDecimal(number.group())
                    .setScale(2, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros()
                    .toPlainString());
  }

  private static String themed(String svg) {
    String themed = svg;
    for (Palette color : Palette.values()) {
      Color light = color.light();
      themed =
          themed.replace(
              "rgb(" + light.getRed() + "," + light.getGreen() + "," + light.getBlue() + ")",
              "var(" + color.property() + ")");
    }
    return themed;
  }
}
