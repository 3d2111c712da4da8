package io.github.sumnet.bench;

import java.util.List;

/**
 * What the benchmark asks a worker for: one line of JSON.
 *
 * @param benchCase with PREPARE: what to measure from now on
 * @param bytes with LIMITS: how much data to read
 */
record Request(Kind kind, BenchCase benchCase, List<Long> bytes) {
  /** What to do. */
  enum Kind {
    /** Check the gradients, make the data and copy them. */
    PREPARE,
    /** Make steps until their time is steady. */
    WARM_UP,
    /** Time a repetition. */
    REPEAT,
    /** Say what memory the case took, and let go of it. */
    FINISH,
    /** Measure the machine's ceilings. */
    LIMITS
  }

  static Request of(Kind kind) {
    return new Request(kind, null, null);
  }

  static Request prepare(BenchCase benchCase) {
    return new Request(Kind.PREPARE, benchCase, null);
  }

  static Request limits(List<Long> bytes) {
    return new Request(Kind.LIMITS, null, bytes);
  }
}
