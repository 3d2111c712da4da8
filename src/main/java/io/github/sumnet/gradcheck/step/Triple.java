package io.github.sumnet.gradcheck.step;

/**
 * Three numbers that are compared bit by bit, such as a sample's.
 *
 * @param first x1 of a sample
 * @param second x2
 * @param third y
 */
public record Triple(double first, double second, double third) {
  public static Triple of(double[] numbers) {
    return new Triple(numbers[0], numbers[1], numbers[2]);
  }
}
