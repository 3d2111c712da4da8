package io.github.sumnet.cli;

import io.github.sumnet.train.Measurement;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how training goes: a bar on a terminal, now and then a line elsewhere, or nothing. */
interface Progress extends AutoCloseable {
  void show(Measurement measurement);

  @Override
  void close();

  /** Shows nothing. */
  static Progress none() {
    return new Progress() {
      @Override
      public void show(Measurement measurement) {}

      @Override
      public void close() {}
    };
  }

  /**
   * A bar on stderr.
   *
   * @param firstStep where this process starts
   * @param endStep where it ends, -1 if that is not known
   */
  static Progress bar(long firstStep, long endStep) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("training")
            .setInitialMax(endStep)
            .startsFrom(firstStep, java.time.Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build();
    return new Progress() {
      @Override
      public void show(Measurement m) {
        bar.stepTo(m.step());
        bar.setExtraMessage(
            String.format(
                Locale.ROOT, "loss %.3g, %.2f M samples/s", lossOf(m), m.samplesPerSecond() / 1e6));
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  /** A line for an evaluation, at most one a second. */
  static Progress lines(PrintWriter err, long endStep) {
    return new Progress() {
      private static final double SECONDS_BETWEEN = 1;
      private double lastLine = Double.NEGATIVE_INFINITY;

      @Override
      public void show(Measurement m) {
        boolean due = m.secondsTraining() - lastLine >= SECONDS_BETWEEN;
        if (due && !Double.isNaN(m.heldOutLoss())) {
          lastLine = m.secondsTraining();
          err.println(line(m, endStep));
        }
      }

      @Override
      public void close() {}
    };
  }

  private static String line(Measurement m, long endStep) {
    String left =
        endStep < 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", %.0f s left",
                (endStep - m.step()) * m.secondsTraining() / Math.max(1, m.step()));
    return String.format(
        Locale.ROOT,
        "step %d%s, epoch %d: held-out loss %.4g, %.2f M samples/s%s",
        m.step(),
        endStep < 0 ? "" : " of " + endStep,
        m.epoch() + 1,
        m.heldOutLoss(),
        m.samplesPerSecond() / 1e6,
        left);
  }

  private static double lossOf(Measurement m) {
    return Double.isNaN(m.heldOutLoss()) ? m.loss() : m.heldOutLoss();
  }
}
