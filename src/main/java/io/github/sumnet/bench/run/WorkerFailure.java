package io.github.sumnet.bench.run;

/** A worker died, fell silent, or said that it cannot do what it was asked for. */
final class WorkerFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whether the process is gone or of no use any more. */
  private final boolean endsProcess;

  WorkerFailure(String problem, boolean endsProcess) {
    super(problem);
    this.endsProcess = endsProcess;
  }

  boolean endsProcess() {
    return endsProcess;
  }
}
