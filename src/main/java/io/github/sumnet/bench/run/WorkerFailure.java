package io.github.sumnet.bench.run;

/** A worker died, fell silent, or said that it cannot do what it was asked for. */
final class WorkerFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean deadly;

  /**
   * A failure.
   *
   * @param problem what happened, in one line
   * @param deadly whether the process is gone
   */
  WorkerFailure(String problem, boolean deadly) {
    super(problem);
    this.deadly = deadly;
  }

  boolean isDeadly() {
    return deadly;
  }
}
