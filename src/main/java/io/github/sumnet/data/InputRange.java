package io.github.sumnet.data;

/**
 * The half-open interval [low, high) that x1 and x2 are drawn from.
 *
 * <p>Inputs lie on a grid that makes x1, x2 and their sum exact in float as well as in double:
 * 2^-24 while |x| stays within ½, twice as coarse for every doubling beyond.
 *
 * @param low the smallest input, inclusive
 * @param high the bound of the largest input, exclusive
 */
public record InputRange(double low, double high) {
  /** [0, ½): targets lie in [0, 1), where a sigmoid output can reach them. */
  public static final InputRange DEFAULT = new InputRange(0, 0.5);

  /** The largest magnitude: squares and sums over a batch stay within float's range. */
  private static final double LARGEST = 1e6;

  /** Significant bits of a float: a sum of two inputs may have that many, no more. */
  private static final int FLOAT_BITS = 24;

  public InputRange {
    if (!(Math.abs(low) <= LARGEST && Math.abs(high) <= LARGEST)) {
      throw new IllegalArgumentException(
          "the input range must lie within ±1e6, not " + low + ":" + high);
    }
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "the input range LOW:HIGH needs LOW < HIGH, not " + low + ":" + high);
    }
    if (firstGridIndex(low, high) >= endGridIndex(low, high)) {
      throw new IllegalArgumentException(
          "the input range %s:%s holds no multiple of 2^%s, the grid of the inputs"
              .formatted(low, high, Math.getExponent(grid(low, high))));
    }
  }

  /**
   * Reads LOW:HIGH, such as 0:0.5.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static InputRange parse(String text) {
    int colon = text.indexOf(':');
    try {
      return new InputRange(
          RealNumber.parse(text.substring(0, Math.max(colon, 0))),
          RealNumber.parse(text.substring(colon + 1)));
    } catch (NumberFormatException notNumbers) {
      throw new IllegalArgumentException(
          "expected LOW:HIGH, such as 0:0.5, not '" + text + "'", notNumbers);
    }
  }

  /** The distance between neighbouring inputs, a power of two. */
  public double grid() {
    return grid(low, high);
  }

  /** The smallest input as a multiple of the grid. */
  long firstGridIndex() {
    return firstGridIndex(low, high);
  }

  /** How many different inputs there are: 1 to 2^25. */
  long gridPoints() {
    return endGridIndex(low, high) - firstGridIndex(low, high);
  }

  /** Whether some targets x1 + x2 lie outside [0, 1], which a sigmoid cannot leave. */
  public boolean leavesSigmoid() {
    return low < 0 || high > 0.5;
  }

  /**
   * The half mean squared error that remains when every prediction is the value in [0, 1] nearest
   * to its target. No network with a sigmoid output gets below it; 0 when all targets are in reach.
   */
  public double smallestReachableLoss() {
    if (!leavesSigmoid()) {
      return 0;
    }
    // y = low + high + width·s, where s is triangular on [-1, 1].
    double width = high - low;
    double middle = low + high;
    double above = expectedSquaredExcess((1 - middle) / width);
    double below = expectedSquaredExcess(middle / width);
    return 0.5 * width * width * (above + below);
  }

  /** E[max(s − c, 0)²] for s triangular on [−1, 1]; the variance of s is 1/6. */
  private static double expectedSquaredExcess(double c) {
    if (c >= 1) {
      return 0;
    }
    if (c >= 0) {
      return Math.pow(1 - c, 4) / 12;
    }
    double whole = 1.0 / 6 + c * c;
    return c <= -1 ? whole : whole - Math.pow(1 + c, 4) / 12;
  }

  private static double grid(double low, double high) {
    double largestSum = 2 * Math.max(Math.abs(low), Math.abs(high));
    double grid = 0x1p-24;
    while (largestSum > grid * (1L << FLOAT_BITS)) {
      grid *= 2;
    }
    return grid;
  }

  private static long firstGridIndex(double low, double high) {
    return (long) Math.ceil(low / grid(low, high));
  }

  private static long endGridIndex(double low, double high) {
    return (long) Math.ceil(high / grid(low, high));
  }

  @Override
  public String toString() {
    return low + ":" + high;
  }
}
