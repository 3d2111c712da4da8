package io.github.sumnet.report.run;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.sumnet.data.DataException;
import io.github.sumnet.report.chart.Axis;
import io.github.sumnet.report.chart.Curve;
import io.github.sumnet.report.chart.Curve.Point;
import io.github.sumnet.report.chart.LineChart;
import io.github.sumnet.report.chart.Palette;
import io.github.sumnet.report.document.UnitFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

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
  /** That of a run without a measurement. */
  static final MetricsHistory NONE = new MetricsHistory(0, 1, List.of(), List.of(), List.of());

  /** More would not show on paper. */
  private static final long MOST_STRETCHES = 400;

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read
   * @throws DataException if it holds something else
   */
  public static MetricsHistory read(Path file) throws IOException {
    long measurements;
    try (Stream<String> lines = Files.lines(file)) {
      measurements = Math.max(0, lines.count() - 1);
    }
    long stretch = 1 + (Math.max(1, measurements) - 1) / MOST_STRETCHES;
    Extremes loss = new Extremes();
    Extremes heldOutLoss = new Extremes();
    UnitFormat rates = new UnitFormat();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().allowMissingFields(true).ofNamedCsvRecord(file)) {
      long row = 0;
      for (NamedCsvRecord line : csv) {
        row++;
        try {
          double samples = number(line, "samples");
          double[] values = numbers(line, "loss", "heldOutLoss", "samplesPerSecond");
          loss.add(samples, values[0]);
          heldOutLoss.add(samples, values[1]);
          rates.add(samples, values[2]);
        } catch (NumberFormatException | NoSuchElementException malformed) {
          // A run that trains, or was killed, may have written the last line in part.
          if (row < measurements) {
            throw damaged(file, malformed);
          }
        }
        if (row % stretch == 0 || row == measurements) {
          loss.endStretch();
          heldOutLoss.endStretch();
          rates.endStretch();
        }
      }
    } catch (CsvParseException malformed) {
      throw damaged(file, malformed);
    }
    return new MetricsHistory(measurements, stretch, loss.points, heldOutLoss.points, rates.points);
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

  private static DataException damaged(Path file, RuntimeException malformed) {
    return new DataException(
        file + " was damaged or changed: it is not what sumnet writes there", malformed);
  }

  private static double[] numbers(NamedCsvRecord line, String... fields) {
    return Stream.of(fields).mapToDouble(field -> number(line, field)).toArray();
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
  private static final class UnitFormat {
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
