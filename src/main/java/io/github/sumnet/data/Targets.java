package io.github.sumnet.data;

/**
 * What the targets of some samples are like.
 *
 * @param low the smallest
 * @param high the largest
 * @param unreachableLoss the half mean squared error that remains when every prediction is the
 *     value in [0, 1] nearest to its target: no network with a sigmoid output gets below it
 */
public record Targets(double low, double high, double unreachableLoss) {
  /** Whether some lie outside [0, 1], which a sigmoid cannot leave. */
  public boolean leaveSigmoid() {
    return low < 0 || high > 1;
  }
}
