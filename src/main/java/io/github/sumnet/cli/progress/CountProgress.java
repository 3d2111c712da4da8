package io.github.sumnet.cli.progress;

import io.github.sumnet.data.Count;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;

/** Shows on a terminal how much of something has been done. Safe for use by several threads. */
public final class CountProgress implements LongConsumer, AutoCloseable {
  private final String task;
  private final long all;
  private final AtomicLong done = new AtomicLong();
  private final ProgressBar bar;
  private final long startNanos = System.nanoTime();
  private volatile long before;

  public CountProgress(String task, long all, boolean visible) {
    this.task = task;
    this.all = all;
    bar = visible ? StatusLine.show(this::status) : null;
  }

  /** Counts what was done before this process, which says nothing of how long the rest takes. */
  public void acceptDoneBefore(long count) {
    before = count;
    done.addAndGet(count);
  }

  /** Counts so many more as done. */
  @Override
  public void accept(long more) {
    done.addAndGet(more);
  }

  private Status status() {
    long now = done.get();
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return new Status(
        task,
        (double) now / all,
        now == before ? Double.NaN : (all - now) * seconds / (now - before),
        List.of(Count.of(now) + " of " + Count.of(all)));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
