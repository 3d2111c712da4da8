package io.github.sumnet.gradcheck;

import java.util.Locale;

/** What a comparison with the reference says. */
public enum Verdict {
  /** The difference is within the bound, and the bound is smaller than the value. */
  PASS,
  /** The difference exceeds the bound, or a value is not finite. */
  FAIL,
  /** The bound is as large as the value itself: rounding may have changed all of it. */
  INCONCLUSIVE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
