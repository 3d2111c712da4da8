package io.github.sumnet.gradcheck.arithmetic;

/**
 * A number together with a bound on the error that a computation in limited precision makes on the
 * way to it.
 *
 * @param value the number, free of the error that is bounded
 * @param error how far a computed value can be from it, at most; infinite if nothing can be said
 * @param growth by how much a sum of its products can still enlarge what underflowed on the way to
 *     it; 0 where that is in the error already
 * @param partial the largest magnitude of what it is a multiple of, if a factor common to all terms
 *     of a sum may be multiplied with at the end
 */
public record Approximation(double value, double error, double growth, double partial) {

  public Approximation(double value, double error) {
    this(value, error, 0, 0);
  }

  public static Approximation exact(double value) {
    return new Approximation(value, 0);
  }

  /** This bound around a value that is known better. */
  public Approximation at(double betterValue) {
    return new Approximation(betterValue, error, growth, partial);
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
