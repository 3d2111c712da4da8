package io.github.sumnet.report.chart;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Curves over one pair of axes, with error bars where points have them. A point that an axis has no
 * place for is left out, and so is a curve without points.
 */
public record LineChart(String title, Axis x, Axis y, List<Curve> curves) {
  /** A line of more points is drawn without marks. */
  private static final int MOST_MARKS = 30;

  private static final double TITLE = 15;
  private static final double TEXT = 12.5;
  private static final BasicStroke HAIRLINE = new BasicStroke(1);

  static {
    // Rotated texts are texts too, not the outlines of their letters.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  public LineChart {
    curves = List.copyOf(curves);
  }

  /** On a sheet of its own, under its title. */
  public Picture picture(int width, int height) {
    return new Picture(title, width, height, graphics -> paint(graphics, title, width, height));
  }

  /** To be put where something beside it has its title. */
  public Picture untitled(int width, int height) {
    return new Picture(title, width, height, graphics -> paint(graphics, null, width, height));
  }

  private void paint(Graphics2D graphics, String shownTitle, int width, int height) {
    XYPlot plot =
        new XYPlot(
            null,
            styled(x.over(points().mapToDouble(Curve.Point::x))),
            styled(y.over(points().flatMapToDouble(p -> DoubleStream.of(p.low(), p.high())))),
            null);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    // Half a line away, so that the lowest number of the upward axis does not meet it in the
    // corner.
    plot.getDomainAxis().setTickLabelInsets(new RectangleInsets(TEXT / 2.0 + 2, 4, 2, 4));
    plot.setDomainGridlinePaint(Palette.GRID.light());
    plot.setDomainGridlineStroke(HAIRLINE);
    plot.setRangeGridlinePaint(Palette.GRID.light());
    plot.setRangeGridlineStroke(HAIRLINE);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    for (int i = 0; i < curves.size(); i++) {
      if (points(curves.get(i)).findAny().isPresent()) {
        plot.setDataset(i, dataset(curves.get(i)));
        plot.setRenderer(i, renderer(curves.get(i)));
      }
    }
    JFreeChart chart = new JFreeChart(shownTitle, ChartFont.of(TITLE), plot, hasLegend());
    chart.setBackgroundPaint(null);
    chart.setPadding(new RectangleInsets(12, 4, 8, 12));
    if (shownTitle != null) {
      chart.getTitle().setPaint(Palette.INK.light());
    }
    if (hasLegend()) {
      style(chart.getLegend());
    }
    chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
  }

  private static ValueAxis styled(ValueAxis axis) {
    axis.setLabelFont(ChartFont.of(TEXT));
    axis.setLabelPaint(Palette.FAINT.light());
    axis.setTickLabelFont(ChartFont.of(TEXT));
    axis.setTickLabelPaint(Palette.FAINT.light());
    axis.setTickMarkPaint(Palette.GRID.light());
    axis.setAxisLinePaint(Palette.GRID.light());
    return axis;
  }

  private static void style(LegendTitle legend) {
    legend.setItemFont(ChartFont.of(TEXT));
    legend.setItemLabelPadding(new RectangleInsets(2, 2, 2, 8));
    legend.setItemPaint(Palette.INK.light());
    legend.setBackgroundPaint(null);
    legend.setFrame(BlockBorder.NONE);
  }

  /** A single curve is what its axis says, unless it has a name of its own. */
  private boolean hasLegend() {
    return curves.size() > 1 || !curves.stream().allMatch(curve -> curve.name().equals(y.title()));
  }

  /** Those that the axes have a place for. */
  private Stream<Curve.Point> points() {
    return curves.stream().flatMap(this::points);
  }

  private Stream<Curve.Point> points(Curve curve) {
    return curve.points().stream()
        .filter(p -> x.shows(p.x()) && y.shows(p.y()) && y.shows(p.low()) && y.shows(p.high()));
  }

  private YIntervalSeriesCollection dataset(Curve curve) {
    YIntervalSeries series = new YIntervalSeries(curve.name(), false, true);
    points(curve).forEach(p -> series.add(p.x(), p.y(), p.low(), p.high()));
    YIntervalSeriesCollection dataset = new YIntervalSeriesCollection();
    dataset.addSeries(series);
    return dataset;
  }

  private XYErrorRenderer renderer(Curve curve) {
    boolean dots = curve.line() == Curve.Line.NONE;
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDrawYError(points(curve).anyMatch(Curve.Point::hasErrorBar));
    renderer.setErrorStroke(Curve.Line.SOLID.stroke());
    renderer.setSeriesPaint(0, curve.color().light());
    renderer.setSeriesStroke(0, curve.line().stroke());
    renderer.setSeriesShape(0, curve.mark().shape);
    renderer.setSeriesOutlineStroke(0, HAIRLINE);
    renderer.setSeriesLinesVisible(0, !dots);
    renderer.setSeriesShapesVisible(0, dots || points(curve).count() <= MOST_MARKS);
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setLegendLine(new Line2D.Double(-14, 0, 14, 0));
    return renderer;
  }
}
