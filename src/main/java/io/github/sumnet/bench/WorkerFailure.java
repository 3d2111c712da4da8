package io.github.sumnet.bench;

/** A worker ended, did not answer in time, or answered that it cannot do what it was asked for. */
final class WorkerFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean endsProcess;

  /**
   * A failure.
   *
   * @param problem what happened, in one line
   * @param endsProcess whether the worker's process has ended, or has to be
   */
  WorkerFailure(String problem, boolean endsProcess) {
    super(problem);
    this.endsProcess = endsProcess;
  }

  boolean endsProcess() {
    return endsProcess;
  }
}
