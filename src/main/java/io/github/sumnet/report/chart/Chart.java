package io.github.sumnet.report.chart;

import java.awt.Graphics2D;

/** A picture of numbers along axes, in any size. Drawing one needs no fonts of the system's. */
public interface Chart {
  /** What it shows, in a few words. */
  String title();

  /**
   * Paints it on white, its upper left corner at (0, 0).
   *
   * @param titled whether with its title; without, something beside the picture should have it
   */
  void paint(Graphics2D graphics, int width, int height, boolean titled);
}
