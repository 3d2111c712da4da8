package io.github.sumnet.report;

import io.github.sumnet.report.chart.Axis;
import io.github.sumnet.report.chart.Curve;
import io.github.sumnet.report.chart.LineChart;
import java.util.List;

/** How a run went, as charts. */
public final class TrainingCharts {
  private TrainingCharts() {}

  /** Both losses against samples. */
  public static LineChart loss(MetricsHistory history) {
    return new LineChart(
        history.loss().isEmpty() && history.heldOutLoss().isEmpty()
            ? "Loss: none was measured"
            : "Loss",
        Axis.linear("samples trained on"),
        Axis.logarithmic("half mean squared error"),
        List.of(
            Curve.line("loss of the batch", history.loss()),
            Curve.line("held-out loss", history.heldOutLoss())));
  }

  /** The rate against samples. */
  public static LineChart throughput(MetricsHistory history) {
    return new LineChart(
        history.samplesPerSecond().isEmpty() ? "Throughput: none was measured" : "Throughput",
        Axis.linear("samples trained on"),
        Axis.fromZero("samples per second"),
        List.of(Curve.line("samples per second", history.samplesPerSecond())));
  }
}
