package io.github.sumnet.report;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves over one pair of axes, with error bars where points have them. A point that an axis has no
 * place for is left out, and so is a curve without points.
 */
public record LineChart(String title, Axis x, Axis y, List<Curve> curves) implements Chart {
  /** A line of more points is drawn without marks. */
  private static final int MOST_MARKS = 30;

  private static final BasicStroke LINE =
      new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  public LineChart {
    curves = List.copyOf(curves);
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height, boolean titled) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(x.title())
            .yAxisTitle(y.title())
            .build();
    ChartStyle.apply(chart.getStyler(), x, y);
    chart.getStyler().setChartTitleVisible(titled);
    chart.getStyler().setLegendVisible(curves.size() > 1);
    AxisRange across = AxisRange.of(x, points().mapToDouble(Curve.Point::x).toArray());
    AxisRange up =
        AxisRange.of(
            y, points().flatMapToDouble(p -> DoubleStream.of(p.low(), p.high())).toArray());
    ChartStyle.range(chart.getStyler(), x, across, y, up);
    hidden(chart.addSeries(" frame", across.frame(), up.frame()));
    for (int i = 0; i < curves.size(); i++) {
      if (points(curves.get(i)).findAny().isPresent()) {
        add(chart, curves.get(i), Palette.curve(i), across, up);
      }
    }
    chart.paint(graphics, width, height);
  }

  /** Those that the axes have a place for. */
  private Stream<Curve.Point> points() {
    return curves.stream().flatMap(this::points);
  }

  private Stream<Curve.Point> points(Curve curve) {
    return curve.points().stream()
        .filter(p -> x.shows(p.x()) && y.shows(p.y()) && y.shows(p.low()));
  }

  private void add(XYChart chart, Curve curve, Palette color, AxisRange across, AxisRange up) {
    List<Curve.Point> points = points(curve).toList();
    double[] xs = points.stream().mapToDouble(p -> across.scaled(p.x())).toArray();
    double[] ys = points.stream().mapToDouble(p -> up.scaled(p.y())).toArray();
    boolean dots = curve.form() == Curve.Form.DOTS;
    XYSeries series = chart.addSeries(curve.name(), xs, ys);
    series.setLineColor(color.light());
    series.setMarkerColor(color.light());
    series.setLineStyle(dots ? SeriesLines.NONE : LINE);
    series.setMarker(
        dots || points.size() <= MOST_MARKS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    for (Curve.Point point : points) {
      if (point.hasErrorBar()) {
        addErrorBar(chart, point, color, across, up);
      }
    }
  }

  private static void addErrorBar(
      XYChart chart, Curve.Point point, Palette color, AxisRange across, AxisRange up) {
    double place = across.scaled(point.x());
    XYSeries bar =
        chart.addSeries(
            // A name is needed, and must be its own.
            " error bar " + chart.getSeriesMap().size(),
            new double[] {place, place},
            new double[] {up.scaled(point.low()), up.scaled(point.high())});
    hidden(bar);
    bar.setLineStyle(LINE);
    bar.setLineColor(color.light());
  }

  private static void hidden(XYSeries series) {
    series.setShowInLegend(false);
    series.setLineStyle(SeriesLines.NONE);
    series.setMarker(SeriesMarkers.NONE);
  }
}
