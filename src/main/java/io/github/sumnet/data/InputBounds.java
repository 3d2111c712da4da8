package io.github.sumnet.data;

/**
 * Where some samples' inputs lie.
 *
 * @param x1Low the smallest x1
 * @param x1High the largest x1
 * @param x2Low the smallest x2
 * @param x2High the largest x2
 */
public record InputBounds(double x1Low, double x1High, double x2Low, double x2High) {
  /** Those of samples that are generated in a range. */
  public static InputBounds of(InputRange range) {
    return new InputBounds(range.low(), range.high(), range.low(), range.high());
  }
}
