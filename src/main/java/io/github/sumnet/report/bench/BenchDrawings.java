package io.github.sumnet.report.bench;

import io.github.sumnet.data.file.AtomicFile;
import io.github.sumnet.data.file.FileFailure;
import io.github.sumnet.report.chart.Picture;
import io.github.sumnet.report.document.OutputFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Draws a benchmark, as far as it came, into its folder: {@code throughput} and {@code
 * report.html}.
 *
 * @param err is told if something cannot be drawn
 */
public record BenchDrawings(Path folder, PrintWriter err) {
  public static final String REPORT = "report.html";

  /**
   * Returns whether all is drawn; what cannot be is a line, never the benchmark's failure.
   *
   * @throws IOException if what is drawn cannot be written
   */
  public boolean draw(BenchReport report) throws IOException {
    try {
      Picture throughput = BenchCharts.picture(report.result());
      AtomicFile.write(folder.resolve("throughput.png"), throughput.png());
      write("throughput.svg", throughput.svg());
      write(REPORT, OutputFormat.HTML.of(report));
      return true;
    } catch (RuntimeException | Error undrawn) {
      // Where Java has no graphics it says so with an Error; the rates are measured all the same.
      err.println("warning: the benchmark could not be drawn: " + FileFailure.deepReason(undrawn));
      return false;
    }
  }

  private void write(String name, String text) throws IOException {
    AtomicFile.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
