package io.github.sumnet.report;

/**
 * What a chart has along one of its sides.
 *
 * @param title what is measured, and its unit
 * @param scale how values are laid out
 */
public record Axis(String title, Scale scale) {
  /** How values are laid out. */
  public enum Scale {
    /** From the smallest value to the largest. */
    LINEAR,
    /** From 0, or below where values are. */
    FROM_ZERO,
    /** Whole decades; values that are not positive are left out. */
    LOGARITHMIC
  }

  public static Axis linear(String title) {
    return new Axis(title, Scale.LINEAR);
  }

  public static Axis fromZero(String title) {
    return new Axis(title, Scale.FROM_ZERO);
  }

  public static Axis logarithmic(String title) {
    return new Axis(title, Scale.LOGARITHMIC);
  }

  boolean isLogarithmic() {
    return scale == Scale.LOGARITHMIC;
  }

  /** Whether there is a place for a value. */
  boolean shows(double value) {
    return Double.isFinite(value) && (!isLogarithmic() || value > 0);
  }
}
