package io.github.sumnet.bench.run;

/** The user has asked to end while a worker was at work. */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
