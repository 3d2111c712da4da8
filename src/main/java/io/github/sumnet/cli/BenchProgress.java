package io.github.sumnet.cli;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchListener;
import io.github.sumnet.bench.BenchPlan;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows how a benchmark goes: a bar on a terminal, a line a fork elsewhere, or nothing. */
final class BenchProgress implements BenchListener, AutoCloseable {
  private final BenchPlan plan;
  private final boolean lines;
  private final PrintWriter err;
  private final CountProgress bar;

  BenchProgress(BenchPlan plan, long visits, boolean visibleBar, boolean quiet, PrintWriter err) {
    this.plan = plan;
    this.lines = !visibleBar && !quiet;
    this.err = err;
    bar = new CountProgress("measuring", visits, visibleBar);
  }

  @Override
  public void fork(int fork, int rows) {
    if (lines) {
      err.printf(Locale.ROOT, "measuring %d rows, in fork %d of %d%n", rows, fork, plan.forks());
    }
  }

  @Override
  public void visited(BenchCase benchCase) {
    bar.accept(1);
  }

  @Override
  public void failed(BenchCase benchCase, String problem) {
    if (lines) {
      err.println("warning: " + benchCase + ": " + problem);
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
