package io.github.sumnet.cli.progress;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.run.BenchListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;

/**
 * Says on stderr what a benchmark is at: on a terminal in one line that is rewritten every second,
 * elsewhere in a line a fork and one more whenever nothing was said for some seconds.
 */
public final class BenchProgress implements BenchListener, AutoCloseable {
  /** How it says it. */
  public enum Form {
    ONE_LINE,
    LINES,
    NOTHING
  }

  private static final int MOST_SECONDS_OF_SILENCE = 12;
  private static final long SECOND_MILLIS = 1000;

  private final BenchPlan plan;
  private final long visits;
  private final Form form;
  private final PrintWriter err;
  private final ConsoleProgressBarConsumer terminal = new ConsoleProgressBarConsumer(System.err);
  private final Timer clock = new Timer("sumnet-progress", true);

  private long visited;
  private String task = "start";
  private String row = "";
  private long taskSince = System.nanoTime();
  private long saidAt = taskSince;

  /**
   * Begins to say it.
   *
   * @param visits how many visits there are to be
   */
  public BenchProgress(BenchPlan plan, long visits, Form form, PrintWriter err) {
    this.plan = plan;
    this.visits = visits;
    this.form = form;
    this.err = err;
    if (form != Form.NOTHING) {
      clock.schedule(
          new TimerTask() {
            @Override
            public void run() {
              tick(System.nanoTime());
            }
          },
          SECOND_MILLIS,
          SECOND_MILLIS);
    }
  }

  @Override
  public synchronized void fork(int fork, int rows) {
    if (form == Form.LINES) {
      say(
          String.format(
              Locale.ROOT,
              "measuring %d %s, in fork %d of %d",
              rows,
              rows == 1 ? "row" : "rows",
              fork,
              Math.max(fork, plan.forks())));
    }
  }

  @Override
  public synchronized void begins(BenchCase benchCase, Task next) {
    if (!next.toString().equals(task) || !benchCase.toString().equals(row)) {
      taskSince = System.nanoTime();
    }
    task = next.toString();
    row = benchCase.toString();
  }

  @Override
  public synchronized void visited(BenchCase benchCase) {
    visited++;
  }

  @Override
  public synchronized void failed(BenchCase benchCase, String problem) {
    if (form == Form.LINES) {
      say("warning: " + benchCase + ": " + problem);
    }
  }

  /** Says what is going on, if it is time to. */
  synchronized void tick(long now) {
    String line =
        String.format(
            Locale.ROOT,
            "%.0f %%, %s for %d s: %s",
            100.0 * visited / Math.max(1, visits),
            task,
            (now - taskSince) / 1_000_000_000,
            row);
    if (form == Form.ONE_LINE) {
      rewrite(line);
    } else if (now - saidAt >= MOST_SECONDS_OF_SILENCE * 1_000_000_000L) {
      say(line);
      saidAt = now;
    }
  }

  private void say(String line) {
    err.println(line);
    saidAt = System.nanoTime();
  }

  private void rewrite(String line) {
    int width = Math.max(1, terminal.getMaxRenderedLength());
    String cut = line.substring(0, Math.min(width, line.length()));
    terminal.accept(cut + " ".repeat(width - cut.length()));
  }

  /** Leaves an empty line to whoever prints next. */
  @Override
  public synchronized void close() {
    clock.cancel();
    if (form == Form.ONE_LINE) {
      rewrite("");
      terminal.accept("");
    }
  }
}
