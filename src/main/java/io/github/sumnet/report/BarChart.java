package io.github.sumnet.report;

import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;

/**
 * Bars beside each other, each of parts on top of each other.
 *
 * @param bars their names
 * @param y from zero
 */
public record BarChart(String title, String xTitle, List<String> bars, Axis y, List<Part> parts)
    implements Chart {
  /**
   * A part that every bar has.
   *
   * @param sizes its size in each bar, from 0
   */
  public record Part(String name, List<Double> sizes) {
    public Part {
      sizes = List.copyOf(sizes);
    }
  }

  public BarChart {
    bars = List.copyOf(bars);
    parts = List.copyOf(parts);
    for (Part part : parts) {
      if (part.sizes().size() != bars.size()) {
        throw new IllegalArgumentException(
            part.name() + " has " + part.sizes().size() + " sizes for " + bars.size() + " bars");
      }
    }
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height, boolean titled) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(y.title())
            .build();
    ChartStyle.apply(chart.getStyler(), Axis.linear(xTitle), y);
    chart.getStyler().setChartTitleVisible(titled);
    chart.getStyler().setStacked(true);
    chart.getStyler().setAvailableSpaceFill(0.6);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    AxisRange up =
        AxisRange.of(y, IntStream.range(0, bars.size()).mapToDouble(this::height).toArray());
    ChartStyle.rise(chart.getStyler(), y, up);
    for (int i = 0; i < parts.size(); i++) {
      List<Double> sizes = parts.get(i).sizes().stream().map(up::scaled).toList();
      CategorySeries series = chart.addSeries(parts.get(i).name(), bars, sizes);
      series.setFillColor(Palette.curve(i).light());
    }
    chart.paint(graphics, width, height);
  }

  private double height(int bar) {
    return parts.stream().mapToDouble(part -> part.sizes().get(bar)).sum();
  }
}
