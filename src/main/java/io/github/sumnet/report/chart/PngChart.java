package io.github.sumnet.report.chart;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A chart in pixels, {@value PngDrawing#SCALE} for each of its units. */
public final class PngChart {
  private PngChart() {}

  /** The whole file. */
  public static byte[] bytes(Chart chart, int width, int height) {
    BufferedImage image =
        new BufferedImage(
            PngDrawing.SCALE * width, PngDrawing.SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(PngDrawing.SCALE, PngDrawing.SCALE);
    chart.paint(graphics, width, height, true);
    graphics.dispose();
    return PngDrawing.png(image);
  }
}
