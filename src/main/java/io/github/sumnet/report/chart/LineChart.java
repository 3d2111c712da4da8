package io.github.sumnet.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
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

  private static final BasicStroke DASHES = interrupted(6, 4);
  private static final BasicStroke DASHES_AND_DOTS = interrupted(8, 3, 2, 3);

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
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setChartTitleVisible(titled);
    chart.getStyler().setLegendVisible(hasLegend());
    ChartStyle.legend(chart.getStyler(), curves.stream().map(Curve::name).toList(), width);
    AxisRange across = AxisRange.of(x, points().mapToDouble(Curve.Point::x).toArray());
    AxisRange up =
        AxisRange.of(
            y, points().flatMapToDouble(p -> DoubleStream.of(p.low(), p.high())).toArray());
    ChartStyle.range(chart.getStyler(), across, up);
    hidden(chart.addSeries(" frame", across.frame(), up.frame()));
    for (int i = 0; i < curves.size(); i++) {
      if (points(curves.get(i)).findAny().isPresent()) {
        add(chart, curves.get(i), look(i), across, up);
      }
    }
    chart.paint(graphics, width, height);
  }

  /**
   * A single curve is what the title says, unless its look is one of several that it could have.
   */
  private boolean hasLegend() {
    return curves.size() > 1 || curves.stream().anyMatch(curve -> curve.look() != null);
  }

  /** Those that the axes have a place for. */
  private Stream<Curve.Point> points() {
    return curves.stream().flatMap(this::points);
  }

  private Stream<Curve.Point> points(Curve curve) {
    return curve.points().stream()
        .filter(p -> x.shows(p.x()) && y.shows(p.y()) && y.shows(p.low()));
  }

  /** Its own, or that of its place. */
  private Curve.Look look(int curve) {
    Curve.Look own = curves.get(curve).look();
    return own == null ? new Curve.Look(curve, Curve.Mark.CIRCLE, Curve.Line.SOLID) : own;
  }

  private void add(XYChart chart, Curve curve, Curve.Look look, AxisRange across, AxisRange up) {
    List<Curve.Point> points = points(curve).toList();
    double[] xs = points.stream().mapToDouble(p -> across.scaled(p.x())).toArray();
    double[] ys = points.stream().mapToDouble(p -> up.scaled(p.y())).toArray();
    boolean dots = curve.form() == Curve.Form.DOTS;
    XYSeries series = chart.addSeries(curve.name(), xs, ys);
    Color color = Palette.curve(look.color()).light();
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setLineStyle(dots ? SeriesLines.NONE : stroke(look.line()));
    series.setMarker(
        dots || points.size() <= MOST_MARKS ? marker(look.mark()) : SeriesMarkers.NONE);
    for (Curve.Point point : points) {
      if (point.hasErrorBar()) {
        addErrorBar(chart, point, color, across, up);
      }
    }
  }

  private static void addErrorBar(
      XYChart chart, Curve.Point point, Color color, AxisRange across, AxisRange up) {
    double place = across.scaled(point.x());
    XYSeries bar =
        chart.addSeries(
            // A name is needed, and must be its own.
            " error bar " + chart.getSeriesMap().size(),
            new double[] {place, place},
            new double[] {up.scaled(point.low()), up.scaled(point.high())});
    hidden(bar);
    bar.setLineStyle(LINE);
    bar.setLineColor(color);
  }

  private static BasicStroke interrupted(float... onAndOff) {
    return new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, onAndOff, 0);
  }

  private static BasicStroke stroke(Curve.Line line) {
    return switch (line) {
      case SOLID -> LINE;
      case DASHED -> DASHES;
      case DASH_DOTTED -> DASHES_AND_DOTS;
    };
  }

  private static Marker marker(Curve.Mark mark) {
    return switch (mark) {
      case CIRCLE -> SeriesMarkers.CIRCLE;
      case SQUARE -> SeriesMarkers.SQUARE;
      case TRIANGLE -> SeriesMarkers.TRIANGLE_UP;
      case DIAMOND -> SeriesMarkers.DIAMOND;
      case CROSS -> SeriesMarkers.CROSS;
      case PLUS -> SeriesMarkers.PLUS;
      case TRAPEZOID -> SeriesMarkers.TRAPEZOID;
    };
  }

  private static void hidden(XYSeries series) {
    series.setShowInLegend(false);
    series.setLineStyle(SeriesLines.NONE);
    series.setMarker(SeriesMarkers.NONE);
  }
}
