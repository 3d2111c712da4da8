package io.github.sumnet.gradcheck.arithmetic;

/**
 * A number together with a bound on the error that a computation in limited precision makes on the
 * way to it.
 *
 * @param value the number, free of the error that is bounded
 * @param error how far a computed value can be from it, at most; infinite if nothing can be said
 */
public record Approximation(double value, double error) {
  public static Approximation exact(double value) {
    return new Approximation(value, 0);
  }

  /** This bound around a value that is known better. */
  public Approximation at(double betterValue) {
    return new Approximation(betterValue, error);
  }

  /** The largest magnitude that a computed value can have. */
  public double magnitude() {
    return Math.abs(value) + error;
  }

  /** Whether it is zero and every computation of it is. */
  boolean isExactZero() {
    return value == 0 && error == 0;
  }

  /** Whether a computation of it may overflow, or become infinite or NaN in another way. */
  boolean mayBeInfinite() {
    return !(error < Double.POSITIVE_INFINITY);
  }
}
