package io.github.sumnet.gradcheck.arithmetic;

/**
 * Where an unknown number can be, given what was seen so far.
 *
 * @param low at least this
 * @param high at most this; empty if below {@code low}
 */
public record Interval(double low, double high) {
  public static final Interval ANYWHERE =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Values this far around one, divided by a number other than 0. */
  public static Interval around(double value, double reach, double divisor) {
    double one = (value - reach) / divisor;
    double other = (value + reach) / divisor;
    return new Interval(Math.min(one, other), Math.max(one, other));
  }

  public Interval and(Interval other) {
    return new Interval(Math.max(low, other.low), Math.min(high, other.high));
  }

  public boolean isEmpty() {
    return !(low <= high);
  }

  public boolean excludesZero() {
    return low > 0 || high < 0;
  }

  /** Whether it says what the number is: not 0, and to a bit at least. */
  public boolean isTelling() {
    return high - low < Math.abs(middle()) / 2;
  }

  /** Whether it is far from 0: more than four times its own width. */
  public boolean standsOut() {
    return high - low < Math.abs(middle()) / 4;
  }

  public double middle() {
    return (low + high) / 2;
  }
}
