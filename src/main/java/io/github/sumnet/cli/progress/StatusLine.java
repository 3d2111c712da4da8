package io.github.sumnet.cli.progress;

import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * The terminal's last line, written over five times a second. It leaves room for the ^C that a
 * terminal shows when it is pressed, so that this is written over as well.
 */
final class StatusLine extends ConsoleProgressBarConsumer {
  private static final String TO_THE_START = "\r";
  private static final String CLEAR_THE_REST = "\u001b[K";
  private static final int ROOM_FOR_CONTROL_C = 2;
  private static final int MILLIS_BETWEEN_LINES = 200;
  private static final long NANOS_BETWEEN_WIDTHS = 1_000_000_000;

  private int width;
  private long widthNanos;

  private StatusLine() {
    super(System.err);
  }

  /** Shows a status until it is closed. */
  static ProgressBar show(Supplier<Status> status) {
    return new ProgressBarBuilder()
        .setInitialMax(0)
        .continuousUpdate()
        .setUpdateIntervalMillis(MILLIS_BETWEEN_LINES)
        .setRenderer((state, width) -> status.get().line(width))
        .setConsumer(new StatusLine())
        .build();
  }

  /** {@inheritDoc} Asking the terminal starts a process, so that is not done for every line. */
  @Override
  public int getMaxRenderedLength() {
    long now = System.nanoTime();
    if (width == 0 || now - widthNanos > NANOS_BETWEEN_WIDTHS) {
      width = Math.max(1, super.getMaxRenderedLength() - ROOM_FOR_CONTROL_C);
      widthNanos = now;
    }
    return width;
  }

  @Override
  public void accept(String line) {
    System.err.print(TO_THE_START + line + CLEAR_THE_REST);
    System.err.flush();
  }
}
