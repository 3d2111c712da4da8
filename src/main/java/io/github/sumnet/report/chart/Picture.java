package io.github.sumnet.report.chart;

import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Something painted, as a PNG or SVG file. The same picture always gives the same bytes. It needs
 * no fonts of the system's.
 *
 * @param title what it shows, in a few words
 * @param width in units of the picture: pixels of CSS
 * @param height in the same units
 * @param painter paints it on white, its upper left corner at (0, 0)
 */
public record Picture(String title, int width, int height, Consumer<Graphics2D> painter) {
  /** Pixels of a PNG for each unit: sharp on today's screens and in print. */
  public static final int PNG_SCALE = 2;

  private static final DomContent PAPER =
      tag("rect").attr("width", "100%").attr("height", "100%").attr("fill", "#ffffff");

  /** Whoever makes a picture hears that there is no font, not the thread that paints it. */
  public Picture {
    ChartFont.require();
  }

  /** Pictures of one size beside and below each other, in so many columns. */
  public static Picture grid(String title, List<Picture> pictures, int columns) {
    int width = pictures.get(0).width();
    int height = pictures.get(0).height();
    int lines = (pictures.size() + columns - 1) / columns;
    return new Picture(
        title,
        columns * width,
        lines * height,
        graphics -> {
          AffineTransform corner = graphics.getTransform();
          for (int i = 0; i < pictures.size(); i++) {
            graphics.translate(i % columns * width, i / columns * height);
            pictures.get(i).paint(graphics);
            graphics.setTransform(corner);
          }
        });
  }

  /** As PNG, on white. */
  public byte[] png() {
    BufferedImage image =
        new BufferedImage(PNG_SCALE * width, PNG_SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = graphics(image);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    paint(graphics);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Given the bytes alone, ImageIO would write a file of its own on the way.
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this Java cannot write PNG");
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** As an SVG file that opens by itself, on white. */
  public String svg() {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + svg(false)
            .attr("xmlns", "http://www.w3.org/2000/svg")
            .attr("width", width)
            .attr("height", height)
            .render()
        + "\n";
  }

  /**
   * As an svg element to be put into a page: as wide as its place, in the page's {@link Palette}.
   *
   * @param description for those who cannot see it
   */
  public String svgInPage(String description) {
    return svg(true).attr("aria-label", description).render();
  }

  private ContainerTag<?> svg(boolean inPage) {
    return tag("svg")
        .attr("viewBox", "0 0 " + width + " " + height)
        .attr("role", "img")
        .attr("font-family", ChartFont.FAMILIES)
        .attr("stroke-linejoin", "round")
        .condWith(!inPage, tag("title").withText(title), PAPER)
        .with(rawHtml(SvgGraphics.elements(this, inPage)));
  }

  /** Paints the picture from (0, 0) to its width and height. */
  void paint(Graphics2D graphics) {
    // Java closes the file of a font that an interrupted thread reads; it could not be opened
    // again.
    boolean interrupted = Thread.interrupted();
    try {
      painter.accept(graphics);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What paints on an image, or measures text as if it did. */
  static Graphics2D graphics(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(PNG_SCALE, PNG_SCALE);
    return graphics;
  }
}
