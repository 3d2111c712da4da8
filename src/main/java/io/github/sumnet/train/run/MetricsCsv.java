package io.github.sumnet.train.run;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.sumnet.train.Measurement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A run's measurements as CSV, one line each, written as they come; empty where not measured. */
public final class MetricsCsv implements AutoCloseable {
  private final Path file;
  private final CsvWriter csv;

  public MetricsCsv(Path file) throws IOException {
    this.file = file;
    csv = CsvWriter.builder().autoFlush(true).build(file);
    write(
        "step",
        "epoch",
        "samples",
        "loss",
        "heldOutLoss",
        "learningRate",
        "secondsTraining",
        "samplesPerSecond");
  }

  /** Appends a line. A full disk ends in an {@link UncheckedIOException} that names the file. */
  public void add(Measurement m) {
    write(
        Long.toString(m.step()),
        Long.toString(m.epoch()),
        Long.toString(m.samples()),
        number(m.loss()),
        number(m.heldOutLoss()),
        number(m.learningRate()),
        number(m.secondsTraining()),
        number(m.samplesPerSecond()));
  }

  private void write(String... fields) {
    try {
      csv.writeRecord(fields);
    } catch (UncheckedIOException full) {
      throw new UncheckedIOException(file + ": " + full.getCause().getMessage(), full.getCause());
    }
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
