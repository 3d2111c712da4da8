package io.github.sumnet.gradcheck.verdict;

import java.util.Locale;

/** What a comparison with the reference says. */
public enum Verdict {
  /** The difference is within the bound, and the bound is smaller than the value. */
  PASS,
  /** The difference exceeds the bound, or a value is not finite. */
  FAIL,
  /** Of a case that was given in every number: all of it is within its bounds, not more. */
  IN_BOUNDS,
  /** The bound is as large as the value itself: rounding may have changed all of it. */
  INCONCLUSIVE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
