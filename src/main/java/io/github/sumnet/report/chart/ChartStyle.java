package io.github.sumnet.report.chart;

import java.awt.BasicStroke;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How every chart looks: a white sheet, a light grid, the legend below. */
final class ChartStyle {
  static final BasicStroke HAIRLINE = new BasicStroke(1);

  private static final double TITLE = 15;
  private static final double TEXT = 12.5;

  private static final int LEGEND_LINE = 26;
  private static final int LEGEND_PADDING = 8;

  /** It is centred below the plot, which the labels of the axis move to the right. */
  private static final int LEGEND_MARGIN = 90;

  /** From this width on there is room for a legend beside the plot. */
  private static final int WIDE = 700;

  private ChartStyle() {}

  static void apply(AxesChartStyler style) {
    style.setLocale(Locale.ROOT);
    style.setAntiAlias(true);
    style.setBaseFont(ChartFont.of(TEXT));
    style.setChartTitleFont(ChartFont.of(TITLE));
    style.setLegendFont(ChartFont.of(TEXT));
    style.setAxisTitleFont(ChartFont.of(TEXT));
    style.setAxisTickLabelsFont(ChartFont.of(TEXT));
    style.setChartBackgroundColor(Palette.PAPER.light());
    style.setPlotBackgroundColor(Palette.PAPER.light());
    style.setChartFontColor(Palette.INK.light());
    style.setXAxisTitleColor(Palette.FAINT.light());
    style.setYAxisGroupTitleColor(0, Palette.FAINT.light());
    style.setAxisTickLabelsColor(Palette.FAINT.light());
    style.setAxisTickMarksColor(Palette.GRID.light());
    style.setPlotGridLinesColor(Palette.GRID.light());
    style.setPlotGridLinesStroke(HAIRLINE);
    style.setAxisTickMarksStroke(HAIRLINE);
    style.setPlotBorderVisible(false);
    style.setPlotMargin(0);
    style.setPlotContentSize(0.98);
    style.setChartPadding(12);
    style.setLegendBackgroundColor(Palette.PAPER.light());
    style.setLegendBorderColor(Palette.PAPER.light());
    style.setLegendSeriesLineLength(LEGEND_LINE);
    style.setLegendPadding(LEGEND_PADDING);
    style.setMarkerSize(6);
  }

  /** Its entries beside each other if they fit, else below each other. */
  static void legend(AxesChartStyler style, List<String> names, int width) {
    double needed = LEGEND_MARGIN + names.stream().mapToDouble(ChartStyle::entryWidth).sum();
    style.setLegendLayout(needed <= width ? LegendLayout.Horizontal : LegendLayout.Vertical);
    style.setLegendPosition(
        needed > width && width >= WIDE ? LegendPosition.OutsideE : LegendPosition.OutsideS);
  }

  private static double entryWidth(String name) {
    return LEGEND_LINE
        + 2 * LEGEND_PADDING
        + ChartFont.of(TEXT).getStringBounds(name, ChartFont.CONTEXT).getWidth();
  }

  /** From where to where the axes go, and what their ticks are called. */
  static void range(AxesChartStyler style, AxisRange across, AxisRange up) {
    style.setXAxisMin(across.scaled(across.low()));
    style.setXAxisMax(across.scaled(across.high()));
    style.setYAxisMin(up.scaled(up.low()));
    style.setYAxisMax(up.scaled(up.high()));
    style.setxAxisTickLabelsFormattingFunction(across::label);
    style.setyAxisTickLabelsFormattingFunction(up::label);
  }
}
