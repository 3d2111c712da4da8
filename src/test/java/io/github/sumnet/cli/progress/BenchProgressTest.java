package io.github.sumnet.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.run.BenchListener.Task;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.network.Precision;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchProgressTest {
  private static final long SECOND = 1_000_000_000;
  private static final BenchCase ROW =
      new BenchCase(Device.CPU, BenchEngine.DL4J, Precision.FLOAT, 32, 2);

  private final StringWriter err = new StringWriter();

  private BenchProgress progress(BenchProgress.Form form) {
    BenchPlan plan =
        new BenchPlan(
            List.of(Device.CPU),
            DeviceRequest.AUTO,
            List.of(BenchEngine.DL4J),
            List.of(Precision.FLOAT),
            List.of(32),
            List.of(2),
            1,
            false,
            2,
            1,
            42);
    return new BenchProgress(plan, 4, form, new PrintWriter(err, true));
  }

  @Test
  void after_twelve_seconds_of_silence_it_says_what_is_going_on() {
    try (BenchProgress progress = progress(BenchProgress.Form.LINES)) {
      progress.fork(1, 1);
      progress.begins(ROW, Task.WARM_UP);
      long now = System.nanoTime();
      progress.tick(now + 5 * SECOND);
      assertThat(err.toString().lines()).containsExactly("measuring 1 row, in fork 1 of 1");

      progress.tick(now + 13 * SECOND);
      progress.tick(now + 14 * SECOND);
      assertThat(err.toString().lines().skip(1))
          .containsExactly("0 %, warm-up for 13 s: dl4j on cpu, float, 2-2-1, batch of 32");

      progress.visited(ROW);
      progress.begins(ROW, Task.REPETITION);
      progress.tick(now + 26 * SECOND);
      assertThat(err.toString().lines().skip(2))
          .singleElement()
          .asString()
          .matches("25 %, measuring for \\d+ s: dl4j on cpu, float, 2-2-1, batch of 32");
    }
  }

  @Test
  void quietly_it_says_nothing() {
    try (BenchProgress progress = progress(BenchProgress.Form.NOTHING)) {
      progress.fork(1, 1);
      progress.failed(ROW, "gone");
      progress.begins(ROW, Task.PREPARATION);
    }
    assertThat(err.toString()).isEmpty();
  }
}
