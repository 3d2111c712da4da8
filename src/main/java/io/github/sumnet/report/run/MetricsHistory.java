package io.github.sumnet.report.run;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.sumnet.report.chart.Axis;
import io.github.sumnet.report.chart.Curve;
import io.github.sumnet.report.chart.Curve.Point;
import io.github.sumnet.report.chart.LineChart;
import io.github.sumnet.report.chart.Palette;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A run's {@code metrics.csv}, read back to be drawn. A long one is cut into stretches of as many
 * lines: of losses, each leaves its smallest and its largest, so that no peak is lost; of rates,
 * its mean.
 *
 * @param measurements how many lines the file has
 * @param stretch how many of them are drawn as one
 * @param loss against samples
 * @param heldOutLoss against samples
 * @param samplesPerSecond against samples
 */
public record MetricsHistory(
    long measurements,
    long stretch,
    List<Point> loss,
    List<Point> heldOutLoss,
    List<Point> samplesPerSecond) {
  static final MetricsHistory NONE = new MetricsHistory(0, 1, List.of(), List.of(), List.of());

  /** More would not show on paper. */
  private static final long MOST_STRETCHES = 400;

  /**
   * Reads the file. A last line without an end is left out: a run that trains, or was killed, may
   * have written it in part.
   *
   * @throws IOException if it cannot be read
   * @throws RuntimeException if it holds something else
   */
  static MetricsHistory read(Path file) throws IOException {
    long measurements = Math.max(0, wholeLines(file) - 1);
    long stretch = 1 + (Math.max(1, measurements) - 1) / MOST_STRETCHES;
    Extremes loss = new Extremes();
    Extremes heldOutLoss = new Extremes();
    MeanRates rates = new MeanRates();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().allowMissingFields(true).ofNamedCsvRecord(file)) {
      long row = 0;
      for (NamedCsvRecord line : csv) {
        if (row == measurements) {
          break;
        }
        double samples = number(line, "samples");
        loss.add(samples, number(line, "loss"));
        heldOutLoss.add(samples, number(line, "heldOutLoss"));
        rates.add(samples, number(line, "samplesPerSecond"));
        row++;
        if (row % stretch == 0 || row == measurements) {
          loss.endStretch();
          heldOutLoss.endStretch();
          rates.endStretch();
        }
      }
    }
    return new MetricsHistory(measurements, stretch, loss.points, heldOutLoss.points, rates.points);
  }

  /** How many lines have an end, and are not empty. */
  private static long wholeLines(Path file) throws IOException {
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
      long lines = 0;
      int before = '\n';
      for (int next = bytes.read(); next >= 0; next = bytes.read()) {
        lines += next == '\n' && before != '\n' ? 1 : 0;
        before = next == '\r' ? before : next;
      }
      return lines;
    }
  }

  /** Both losses against samples. */
  public LineChart lossChart() {
    return new LineChart(
        loss.isEmpty() && heldOutLoss.isEmpty() ? "Loss: none was measured" : "Loss",
        Axis.linear("samples trained on"),
        Axis.logarithmic("half mean squared error"),
        List.of(
            Curve.line("loss of the batch", Palette.BLUE, loss),
            Curve.line("held-out loss", Palette.ORANGE, heldOutLoss)));
  }

  /** Samples a second against samples trained on. */
  public LineChart throughputChart() {
    return new LineChart(
        samplesPerSecond.isEmpty() ? "Throughput: none was measured" : "Throughput",
        Axis.linear("samples trained on"),
        Axis.fromZero("samples per second"),
        List.of(Curve.line("samples per second", Palette.BLUE, samplesPerSecond)));
  }

  private static double number(NamedCsvRecord line, String field) {
    String text = line.getField(field);
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }

  /** The smallest and the largest of every stretch, in their order. */
  private static final class Extremes {
    private final List<Point> points = new ArrayList<>();
    private Point smallest;
    private Point largest;

    void add(double samples, double value) {
      if (!Double.isNaN(value)) {
        Point point = new Point(samples, value);
        smallest = smallest == null || value < smallest.y() ? point : smallest;
        largest = largest == null || value > largest.y() ? point : largest;
      }
    }

    void endStretch() {
      if (smallest != null) {
        boolean rising = smallest.x() < largest.x();
        points.add(rising ? smallest : largest);
        if (smallest.x() != largest.x()) {
          points.add(rising ? largest : smallest);
        }
      }
      smallest = null;
      largest = null;
    }
  }

  /** All samples of a stretch by all its time. */
  private static final class MeanRates {
    private final List<Point> points = new ArrayList<>();
    private double lastSamples = Double.NaN;
    private double samples;
    private double seconds;

    void add(double samplesSoFar, double rate) {
      // Before its first line a resumed run has samples of another: only the rate is known there.
      double here = Double.isNaN(lastSamples) ? 1 : samplesSoFar - lastSamples;
      if (rate > 0 && here > 0) {
        samples += here;
        seconds += here / rate;
      }
      lastSamples = samplesSoFar;
    }

    void endStretch() {
      if (seconds > 0) {
        points.add(new Point(lastSamples, samples / seconds));
      }
      samples = 0;
      seconds = 0;
    }
  }
}
