package io.github.sumnet.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.sumnet.train.Measurement;
import java.io.IOException;
import java.nio.file.Path;

/** A run's measurements as CSV, one line each, written as they come; empty where not measured. */
public final class MetricsCsv implements AutoCloseable {
  private final CsvWriter csv;

  public MetricsCsv(Path file) throws IOException {
    csv = CsvWriter.builder().autoFlush(true).build(file);
    csv.writeRecord(
        "step",
        "epoch",
        "samples",
        "loss",
        "heldOutLoss",
        "learningRate",
        "secondsTraining",
        "samplesPerSecond");
  }

  /** Appends a line. A full disk ends in an {@link java.io.UncheckedIOException}. */
  public void add(Measurement m) {
    csv.writeRecord(
        Long.toString(m.step()),
        Long.toString(m.epoch()),
        Long.toString(m.samples()),
        number(m.loss()),
        number(m.heldOutLoss()),
        number(m.learningRate()),
        number(m.secondsTraining()),
        number(m.samplesPerSecond()));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
