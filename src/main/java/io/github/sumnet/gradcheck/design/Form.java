package io.github.sumnet.gradcheck.design;

import java.util.Locale;

/** How thoroughly an engine is checked. */
public enum Form {
  /** The designs that show a wrong backpropagation: well under a second. */
  SHORT,
  /**
   * All designs: large batches, saturation, extremes, values that are not finite, repeatability.
   */
  FULL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
