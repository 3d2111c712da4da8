package io.github.sumnet.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A drawing in pixels, {@value #SCALE} for each of its units. */
public final class PngDrawing implements DrawingFormat {
  /** Sharp on today's screens and in print. */
  public static final int SCALE = 2;

  @Override
  public byte[] bytes(Drawing drawing) {
    BufferedImage image =
        new BufferedImage(
            SCALE * drawing.width(), SCALE * drawing.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(SCALE, SCALE);
    Typeface typeface = Typeface.load();
    drawing.marks().forEach(mark -> paint(mark, graphics, typeface));
    graphics.dispose();
    return png(image);
  }

  private static void paint(Drawing.Mark mark, Graphics2D graphics, Typeface typeface) {
    if (mark instanceof Drawing.Area area) {
      graphics.setColor(area.fill());
      graphics.fill(area.shape());
      graphics.setColor(area.border());
      graphics.setStroke(new BasicStroke(1));
      graphics.draw(area.shape());
    } else if (mark instanceof Drawing.Line line) {
      graphics.setColor(line.color());
      graphics.setStroke(stroke(line));
      graphics.draw(line.path());
    } else if (mark instanceof Drawing.Label label) {
      graphics.setColor(label.color());
      graphics.fill(typeface.outline(label.text(), label.x(), label.baseline(), label.size()));
    }
  }

  private static BasicStroke stroke(Drawing.Line line) {
    return new BasicStroke(
        (float) line.width(),
        BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_ROUND,
        1,
        line.dashed() ? Drawing.DASHES : null,
        0);
  }

  static byte[] png(BufferedImage image) {
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
}
