package io.github.sumnet.report.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Bars below each other, all of the same length, each divided into its parts' shares: for wholes of
 * which one may be a million times another. What a whole is stands beside its bar.
 *
 * @param parts their names; one that no bar has is left out
 */
public record ShareChart(String title, List<String> parts, List<Bar> bars) implements Chart {
  /**
   * A bar.
   *
   * @param group what it has in common with its neighbours, a heading above them
   * @param sizes of its parts, from 0, in the order of their names
   * @param note what all of it is
   */
  public record Bar(String group, String name, List<Double> sizes, String note) {
    public Bar {
      sizes = List.copyOf(sizes);
    }

    private double whole() {
      return sizes.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  private static final double TEXT = 12.5;
  private static final double PADDING = 12;
  private static final double LINE = 22;
  private static final double BAR = 15;
  private static final double GAP = 10;
  private static final double SWATCH = 12;

  /** Where stripes tell a part from its neighbours, for those too who see no colours. */
  private static final int STRIPED = 2;

  private static final double STRIPES = 4;

  public ShareChart {
    parts = List.copyOf(parts);
    bars = List.copyOf(bars);
    for (Bar bar : bars) {
      if (bar.sizes().size() != parts.size()) {
        throw new IllegalArgumentException(
            bar.name() + " has " + bar.sizes().size() + " sizes for " + parts.size() + " parts");
      }
    }
  }

  /** How high it must be, for all bars to have room. */
  public int height(boolean titled) {
    long headings =
        IntStream.range(0, bars.size())
            .filter(i -> i == 0 || !bars.get(i).group().equals(bars.get(i - 1).group()))
            .count();
    double lines = (titled ? 1 : 0) + 1 + headings + bars.size();
    return (int) Math.ceil(2 * PADDING + LINE * lines);
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height, boolean titled) {
    graphics.setColor(Palette.PAPER.light());
    graphics.fill(new Rectangle2D.Double(0, 0, width, height));
    new Sheet(graphics, width).paint(titled);
  }

  /** What is drawn on, from top to bottom. */
  private final class Sheet {
    private final Graphics2D graphics;
    private final double left;
    private final double right;
    private double top = PADDING;

    private Sheet(Graphics2D graphics, int width) {
      this.graphics = graphics;
      left = PADDING + GAP + widest(bars.stream().map(Bar::name).toList());
      right = width - PADDING - GAP - widest(bars.stream().map(Bar::note).toList());
    }

    private void paint(boolean titled) {
      if (titled) {
        text(title, PADDING, ChartFont.of(15), Palette.INK);
        top += LINE;
      }
      legend();
      String group = null;
      for (Bar bar : bars) {
        if (!Objects.equals(group, bar.group())) {
          group = bar.group();
          text(group, PADDING, ChartFont.of(TEXT), Palette.INK);
          top += LINE;
        }
        paint(bar);
        top += LINE;
      }
    }

    private void legend() {
      double x = PADDING;
      for (int i = 0; i < parts.size(); i++) {
        int part = i;
        if (bars.stream().anyMatch(bar -> bar.sizes().get(part) > 0)) {
          part(part, new Rectangle2D.Double(x, top + (LINE - SWATCH) / 2, SWATCH, SWATCH));
          text(parts.get(part), x + SWATCH + GAP / 2, ChartFont.of(TEXT), Palette.INK);
          x += SWATCH + 2 * GAP + width(parts.get(part));
        }
      }
      top += LINE;
    }

    private void paint(Bar bar) {
      text(bar.name(), left - GAP - width(bar.name()), ChartFont.of(TEXT), Palette.FAINT);
      text(bar.note(), right + GAP, ChartFont.of(TEXT), Palette.FAINT);
      double before = 0;
      for (int i = 0; i < parts.size(); i++) {
        double share = bar.sizes().get(i) / bar.whole();
        if (share > 0) {
          double x = left + before * (right - left);
          double length = share * (right - left);
          part(i, new Rectangle2D.Double(x, top + (LINE - BAR) / 2, length, BAR));
          percent(share, x, length, i);
          before += share;
        }
      }
    }

    private void part(int part, Rectangle2D area) {
      graphics.setColor(Palette.curve(part).light());
      graphics.fill(area);
      graphics.setColor(Palette.PAPER.light());
      graphics.setStroke(ChartStyle.HAIRLINE);
      if (part == STRIPED) {
        for (double x = area.getX() + STRIPES; x < area.getMaxX() - 1; x += STRIPES) {
          graphics.draw(new Line2D.Double(x, area.getY(), x, area.getMaxY()));
        }
      }
      graphics.draw(area);
    }

    /** Inside, where there is room. */
    private void percent(double share, double x, double room, int part) {
      String text =
          share < 1 && share > 0.995
              ? "> 99 %"
              : String.format(Locale.ROOT, "%.0f %%", 100 * share);
      if (part != STRIPED && width(text) + GAP <= room) {
        text(text, x + (room - width(text)) / 2, ChartFont.of(TEXT), Palette.PAPER);
      }
    }

    /** As shapes, which look the same everywhere. */
    private void text(String text, double x, Font font, Palette color) {
      graphics.setColor(color.light());
      double ascent = font.getLineMetrics("0", ChartFont.CONTEXT).getAscent();
      graphics.fill(
          font.createGlyphVector(ChartFont.CONTEXT, text)
              .getOutline((float) x, (float) (top + LINE / 2 + 0.4 * ascent)));
    }
  }

  private static double widest(List<String> texts) {
    return texts.stream().mapToDouble(ShareChart::width).max().orElse(0);
  }

  private static double width(String text) {
    return ChartFont.of(TEXT).getStringBounds(text, ChartFont.CONTEXT).getWidth();
  }
}
