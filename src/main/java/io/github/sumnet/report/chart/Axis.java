package io.github.sumnet.report.chart;

/**
 * What a chart has along one of its sides.
 *
 * @param title what is measured, and its unit
 * @param scale how values are laid out
 */
public record Axis(String title, Scale scale) {
  private static final double LARGEST = 1e300;

  /** How values are laid out. */
  public enum Scale {
    /** From the smallest value to the largest. */
    LINEAR,
    /** From 0, or below where values are. */
    FROM_ZERO,
    /** By powers of ten; values that are not positive are left out. */
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

  /** Whether there is a place for a value; beyond, the distance of two has no number in double. */
  boolean shows(double value) {
    return Math.abs(value) <= LARGEST && (!isLogarithmic() || value >= 1 / LARGEST);
  }
}
