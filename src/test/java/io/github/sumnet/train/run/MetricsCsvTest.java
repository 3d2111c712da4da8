package io.github.sumnet.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sumnet.train.Measurement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsCsvTest {
  private static final Measurement MEASUREMENT =
      new Measurement(2, 0, 128, 0.25, Double.NaN, 0.1, 1.5, 64);

  @TempDir Path folder;

  @Test
  void a_line_is_in_the_file_as_soon_as_it_was_measured_and_empty_where_nothing_was()
      throws IOException {
    Path file = folder.resolve("metrics.csv");
    try (MetricsCsv csv = new MetricsCsv(file)) {
      csv.add(MEASUREMENT);

      assertThat(Files.readAllLines(file))
          .containsExactly(
              "step,epoch,samples,loss,heldOutLoss,learningRate,secondsTraining,samplesPerSecond",
              "2,0,128,0.25,,0.1,1.5,64.0");
    }
  }

  @Test
  void a_full_disk_is_reported_with_the_files_name() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "this system has no " + full);

    assertThatThrownBy(() -> new MetricsCsv(full).close())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("/dev/full: No space left on device");
  }
}
