package io.github.sumnet.train;

/** The loss or a weight became NaN or infinite. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(long step, String what) {
    super(
        ("training diverged: at step %s %s; a smaller learning rate may help, the last good"
                + " checkpoint was kept")
            .formatted(step, what));
  }
}
