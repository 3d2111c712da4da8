package io.github.sumnet.report.chart;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.List;

/**
 * Charts of the same kind beside and below each other.
 *
 * @param columns how many stand beside each other, at least 1
 */
public record SmallMultiples(String title, List<Chart> charts, int columns) implements Chart {
  public SmallMultiples {
    charts = List.copyOf(charts);
    if (columns < 1) {
      throw new IllegalArgumentException("there must be at least 1 column, not " + columns);
    }
  }

  /** How many stand below each other. */
  public int lines() {
    return (charts.size() + columns - 1) / columns;
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height, boolean titled) {
    graphics.setColor(Palette.PAPER.light());
    graphics.fillRect(0, 0, width, height);
    AffineTransform place = graphics.getTransform();
    int across = width / columns;
    int down = height / Math.max(1, lines());
    for (int i = 0; i < charts.size(); i++) {
      graphics.translate(i % columns * across, i / columns * down);
      charts.get(i).paint(graphics, across, down, true);
      graphics.setTransform(place);
    }
  }
}
