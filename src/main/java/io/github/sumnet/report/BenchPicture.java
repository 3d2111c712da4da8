package io.github.sumnet.report;

import io.github.sumnet.bench.BenchResult;
import io.github.sumnet.report.chart.Chart;
import io.github.sumnet.report.chart.PngChart;
import io.github.sumnet.report.chart.SmallMultiples;
import io.github.sumnet.report.chart.SvgChart;
import java.util.List;

/**
 * A benchmark's picture as a file: each network in each precision has its own chart, all of them in
 * one picture.
 */
public record BenchPicture(Chart chart, int width, int height) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;
  private static final int COLUMNS = 2;
  private static final int SMALL_WIDTH = 560;
  private static final int SMALL_HEIGHT = 540;

  /** Samples a second against batch size. */
  public static BenchPicture throughput(BenchResult result) {
    List<BenchCharts> networks = BenchCharts.of(result);
    if (networks.size() == 1) {
      return new BenchPicture(networks.get(0).throughput(), WIDTH, HEIGHT);
    }
    List<Chart> charts = networks.stream().<Chart>map(BenchCharts::throughput).toList();
    SmallMultiples all = new SmallMultiples("Throughput", charts, COLUMNS);
    return new BenchPicture(all, SMALL_WIDTH * all.columns(), SMALL_HEIGHT * all.lines());
  }

  /** As PNG. */
  public byte[] png() {
    return PngChart.bytes(chart, width, height);
  }

  /** As SVG. */
  public String svg() {
    return SvgChart.file(chart, width, height);
  }
}
