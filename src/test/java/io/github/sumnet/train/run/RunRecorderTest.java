package io.github.sumnet.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a recorder leaves open. */
class RunRecorderTest {
  private static final int SECONDS_THAT_THIS_MAY_TAKE = 60;

  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void an_event_file_that_cannot_be_opened_leaves_no_metrics_open() throws IOException {
    RunFolder run = RunFolder.create(folder);
    // Nothing can be written to a folder, and the event file is named after the second.
    long now = Instant.now().getEpochSecond();
    for (long second = now; second < now + SECONDS_THAT_THIS_MAY_TAKE; second++) {
      Files.createDirectory(run.path().resolve("events.out.tfevents." + second + ".sumnet"));
    }

    assertThatThrownBy(() -> new RunRecorder(run, null, null, "{}", null, null, Progress.NONE))
        .isInstanceOf(IOException.class);

    assertThat(OpenFiles.now()).isNotEmpty().doesNotContain(run.path().resolve("metrics.csv"));
  }
}
