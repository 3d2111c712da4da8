package io.github.sumnet.engine;

import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Weights;

/**
 * What the chunks of a step, or an aligned run of them, add up to.
 *
 * @param gradient the sum of the samples' gradients
 * @param loss the sum of their losses; NaN if it was not wanted
 * @param samples how many there are
 */
public record StepSum(Weights gradient, double loss, int samples) {
  /** Mean loss and mean gradient: the sums divided by the number of samples. */
  public LossAndGradient mean() {
    return new LossAndGradient(loss / samples, gradient.map(g -> g / samples));
  }
}
