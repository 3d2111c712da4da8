package io.github.sumnet.gradcheck;

/**
 * Where an unknown number can be, given what was seen so far.
 *
 * @param low at least this
 * @param high at most this; empty if below {@code low}
 */
record Interval(double low, double high) {
  static final Interval ANYWHERE = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Values this far around one, divided by a number other than 0. */
  static Interval around(double value, double reach, double divisor) {
    double one = (value - reach) / divisor;
    double other = (value + reach) / divisor;
    return new Interval(Math.min(one, other), Math.max(one, other));
  }

  Interval and(Interval other) {
    return new Interval(Math.max(low, other.low), Math.min(high, other.high));
  }

  boolean isEmpty() {
    return !(low <= high);
  }

  boolean excludesZero() {
    return low > 0 || high < 0;
  }

  /** Whether it says what the number is: not 0, and to a bit at least. */
  boolean isTelling() {
    return high - low < Math.abs(middle()) / 2;
  }

  /** Whether it is far from 0: more than four times its own width. */
  boolean standsOut() {
    return high - low < Math.abs(middle()) / 4;
  }

  double middle() {
    return (low + high) / 2;
  }
}
