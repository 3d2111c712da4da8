package io.github.sumnet.train;

/** No machine is left that computes a run's chunks; all steps before this one are whole. */
public final class WorkersLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WorkersLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
