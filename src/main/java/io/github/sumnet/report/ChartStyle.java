package io.github.sumnet.report;

import java.awt.BasicStroke;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How every chart looks: a white sheet, a light grid, the legend below. */
final class ChartStyle {
  static final BasicStroke HAIRLINE = new BasicStroke(1);

  private static final double TITLE = 15;
  private static final double TEXT = 12.5;

  private ChartStyle() {}

  static void apply(AxesChartStyler style, Axis x, Axis y) {
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
    style.setLegendPosition(LegendPosition.OutsideS);
    style.setLegendLayout(LegendLayout.Horizontal);
    style.setLegendBackgroundColor(Palette.PAPER.light());
    style.setLegendBorderColor(Palette.PAPER.light());
    style.setLegendSeriesLineLength(18);
    style.setMarkerSize(6);
    style.setXAxisLogarithmic(x.isLogarithmic());
    style.setYAxisLogarithmic(y.isLogarithmic());
    style.setXAxisLogarithmicDecadeOnly(true);
    style.setYAxisLogarithmicDecadeOnly(true);
    // Beside decades only: a function for linear axes would have them laid out evenly.
    style.setDecimalPattern("#,##0.############");
  }

  /** From where to where the axes go, and what their ticks are called. */
  static void range(AxesChartStyler style, Axis x, AxisRange across, Axis y, AxisRange up) {
    style.setXAxisMin(across.scaled(across.low()));
    style.setXAxisMax(across.scaled(across.high()));
    if (!x.isLogarithmic()) {
      style.setxAxisTickLabelsFormattingFunction(across::label);
    }
    rise(style, y, up);
  }

  /** The same for a chart of bars, whose x axis has names. */
  static void rise(AxesChartStyler style, Axis y, AxisRange up) {
    style.setYAxisMin(up.scaled(up.low()));
    style.setYAxisMax(up.scaled(up.high()));
    if (!y.isLogarithmic()) {
      style.setyAxisTickLabelsFormattingFunction(up::label);
    }
  }
}
