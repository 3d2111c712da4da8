package io.github.sumnet.gradcheck;

/**
 * A number together with a bound on the error that a computation in limited precision makes on the
 * way to it.
 *
 * @param value the number, free of the error that is bounded
 * @param error how far a computed value can be from it, at most; not negative
 */
record Approximation(double value, double error) {
  static Approximation exact(double value) {
    return new Approximation(value, 0);
  }

  /** The largest magnitude that a computed value can have. */
  double magnitude() {
    return Math.abs(value) + error;
  }
}
