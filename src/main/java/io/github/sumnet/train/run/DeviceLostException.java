package io.github.sumnet.train.run;

/** What computes failed in the middle of a run; training can go on from the last checkpoint. */
public final class DeviceLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final long step;

  DeviceLostException(RuntimeException failure, long step) {
    super(failure.getMessage(), failure);
    this.step = step;
  }

  /** The step of the checkpoint to go on from. */
  public long step() {
    return step;
  }
}
