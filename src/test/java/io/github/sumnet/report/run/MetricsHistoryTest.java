package io.github.sumnet.report.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.report.chart.Curve.Point;
import io.github.sumnet.train.Measurement;
import io.github.sumnet.train.run.MetricsCsv;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsHistoryTest {
  @TempDir Path folder;

  @Test
  void what_was_written_is_read_back_and_what_was_not_measured_is_no_point() throws IOException {
    Path file = folder.resolve("metrics.csv");
    try (MetricsCsv csv = new MetricsCsv(file)) {
      csv.add(new Measurement(1, 0, 64, 0.5, Double.NaN, 0.1, 1, 64));
      csv.add(new Measurement(2, 0, 128, Double.NaN, 0.25, 0.1, 3, 32));
    }

    MetricsHistory history = MetricsHistory.read(file);

    assertThat(history.measurements()).isEqualTo(2);
    assertThat(history.stretch()).isEqualTo(1);
    assertThat(history.loss()).containsExactly(new Point(64, 0.5));
    assertThat(history.heldOutLoss()).containsExactly(new Point(128, 0.25));
    assertThat(history.samplesPerSecond()).containsExactly(new Point(64, 64), new Point(128, 32));
  }

  @Test
  void a_run_without_a_measurement_has_no_points() throws IOException {
    Path file = folder.resolve("metrics.csv");
    new MetricsCsv(file).close();

    MetricsHistory history = MetricsHistory.read(file);

    assertThat(history.measurements()).isZero();
    assertThat(history.loss()).isEmpty();
    assertThat(history.samplesPerSecond()).isEmpty();
  }

  @Test
  void of_a_million_measurements_no_peak_is_lost_and_the_rate_is_samples_by_time()
      throws IOException {
    Path file = folder.resolve("metrics.csv");
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      lines.write(
          "step,epoch,samples,loss,heldOutLoss,learningRate,secondsTraining,samplesPerSecond\n");
      for (int i = 1; i <= 1_000_000; i++) {
        double loss = i == 777_777 ? 9 : i == 222_222 ? 0.001 : 0.5;
        // Every second one takes thrice as long: 10 samples a second and 30 are 15 on the whole.
        int rate = i % 2 == 0 ? 30 : 10;
        lines.write(i + ",0," + 10L * i + "," + loss + ",,0.1,1.0," + rate + "\n");
      }
    }

    MetricsHistory history = MetricsHistory.read(file);

    assertThat(history.measurements()).isEqualTo(1_000_000);
    assertThat(history.loss()).hasSizeLessThanOrEqualTo(800);
    assertThat(history.loss())
        .contains(new Point(7_777_770, 9), new Point(2_222_220, 0.001))
        .isSortedAccordingTo((a, b) -> Double.compare(a.x(), b.x()));
    assertThat(history.heldOutLoss()).isEmpty();
    assertThat(history.samplesPerSecond()).hasSize(400);
    assertThat(history.samplesPerSecond())
        .allSatisfy(point -> assertThat(point.y()).isCloseTo(15, within(0.05)));
  }
}
