package io.github.sumnet.bench;

/**
 * What the benchmark asks a worker for: one line of JSON.
 *
 * @param benchCase with PREPARE: what to measure from now on
 */
record Request(Kind kind, BenchCase benchCase) {
  /** What to do. */
  enum Kind {
    /** Check the gradients, make the data and copy them. */
    PREPARE,
    /** Make steps until their time is steady. */
    WARM_UP,
    /** Time a repetition. */
    REPEAT,
    /** Say what memory the case took, and let go of it. */
    FINISH
  }

  static Request of(Kind kind) {
    return new Request(kind, null);
  }

  static Request prepare(BenchCase benchCase) {
    return new Request(Kind.PREPARE, benchCase);
  }
}
