package io.github.sumnet.cli.progress;

import io.github.sumnet.data.Count;
import io.github.sumnet.train.Measurement;
import io.github.sumnet.train.Pace;
import io.github.sumnet.train.Position;
import io.github.sumnet.train.run.Progress;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/** Shows how training goes: a bar on a terminal, or now and then a line elsewhere. */
public final class TrainingProgress {
  private TrainingProgress() {}

  /** A bar on stderr. */
  public static Progress bar(Pace pace) {
    return new Bar(pace);
  }

  /** A line for an evaluation, at most one a second. */
  public static Progress lines(PrintWriter err, Pace pace) {
    return new Progress() {
      private static final double SECONDS_BETWEEN = 1;
      private double lastLine = Double.NEGATIVE_INFINITY;

      @Override
      public void show(Measurement m) {
        boolean due = m.secondsTraining() - lastLine >= SECONDS_BETWEEN;
        if (due && !Double.isNaN(m.heldOutLoss())) {
          lastLine = m.secondsTraining();
          err.println(line(m, pace));
        }
      }
    };
  }

  private static String line(Measurement m, Pace pace) {
    double left = pace.secondsLeft(m.step(), m.secondsTraining());
    return String.format(
        Locale.ROOT,
        "step %s, epoch %d: held-out loss %.4g, %.2f M samples/s%s",
        ofAll(m.step(), pace),
        m.epoch() + 1,
        m.heldOutLoss(),
        m.samplesPerSecond() / 1e6,
        Double.isFinite(left) ? String.format(Locale.ROOT, ", %.0f s left", left) : "");
  }

  private static String ofAll(long step, Pace pace) {
    return Count.of(step)
        + (pace.endStep() == Long.MAX_VALUE ? "" : " of " + Count.of(pace.endStep()));
  }

  /** What a terminal shows. The time goes on between two measurements. */
  private static final class Bar implements Progress {
    /** Where training is, when that was known, and what was measured there. */
    private record Seen(long step, double seconds, long nanos, List<String> measured) {}

    private final Pace pace;
    private final ProgressBar bar;
    private volatile Seen seen;

    Bar(Pace pace) {
      this.pace = pace;
      see(pace.begin().step(), pace.begin().secondsTraining(), List.of());
      bar = StatusLine.show(this::status);
    }

    private void see(long step, double seconds, List<String> measured) {
      seen = new Seen(step, seconds, System.nanoTime(), measured);
    }

    private Status status() {
      Seen now = seen;
      double seconds = now.seconds + (System.nanoTime() - now.nanos) / 1e9;
      List<String> details = new ArrayList<>(now.measured);
      details.add("step " + ofAll(now.step, pace));
      return new Status(
          "training",
          pace.share(now.step, seconds),
          pace.secondsLeft(now.step, now.seconds),
          details);
    }

    @Override
    public void show(Measurement m) {
      double loss = Double.isNaN(m.heldOutLoss()) ? m.loss() : m.heldOutLoss();
      see(
          m.step(),
          m.secondsTraining(),
          List.of(
              String.format(Locale.ROOT, "loss %.3g", loss),
              String.format(Locale.ROOT, "%.2f M samples/s", m.samplesPerSecond() / 1e6)));
    }

    @Override
    public void reached(Position position) {
      see(position.step(), position.secondsTraining(), seen.measured);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
