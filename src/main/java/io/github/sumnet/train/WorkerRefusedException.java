package io.github.sumnet.train;

/** A machine that is to compute a run's chunks has not passed the gradient check. */
public final class WorkerRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says which.
   *
   * @param refusal the machine and what its check came to
   */
  public WorkerRefusedException(String refusal) {
    super(refusal + "; nothing that it computed was used: take it out of the cluster");
  }
}
