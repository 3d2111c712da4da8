package io.github.sumnet.cli;

import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on a terminal how many trials have been made. */
final class TrialProgress implements LongConsumer, AutoCloseable {
  private final ProgressBar bar;

  TrialProgress(long trials, boolean visible) {
    bar =
        visible
            ? new ProgressBarBuilder()
                .setTaskName("trials")
                .setInitialMax(trials)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()
            : null;
  }

  @Override
  public void accept(long trial) {
    if (bar != null) {
      bar.step();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
