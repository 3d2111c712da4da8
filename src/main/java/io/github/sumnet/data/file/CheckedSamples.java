package io.github.sumnet.data.file;

import io.github.sumnet.data.InputBounds;

/**
 * What a check of some samples found.
 *
 * @param low the smallest target
 * @param high the largest target
 * @param unreachableLoss the half mean squared error that remains when every prediction is the
 *     value in [0, 1] nearest to its target: no network with a sigmoid output gets below it
 * @param inputs where the inputs lie
 */
public record CheckedSamples(double low, double high, double unreachableLoss, InputBounds inputs) {
  /** Whether some lie outside [0, 1], which a sigmoid cannot leave. */
  public boolean leaveSigmoid() {
    return low < 0 || high > 1;
  }
}
