package io.github.sumnet.gradcheck;

import java.util.List;

/** An amount that is added to a unit's weighted input, the same for every sample of a step. */
final class Bias {
  private static final double LEEWAY = 4;

  private Bias() {}

  /** Whether it accounts for what was seen; one sample alone would go with any bias. */
  static boolean explains(Stage stage, List<WhatIf> steps) {
    boolean forward = stage == Stage.HIDDEN_FORWARD || stage == Stage.OUTPUT_FORWARD;
    return forward
        && steps.stream().anyMatch(step -> step.size() > 1 && step.wrong(stage).length > 0)
        && steps.stream().allMatch(step -> explains(stage, step));
  }

  private static boolean explains(Stage stage, WhatIf step) {
    int units = stage == Stage.HIDDEN_FORWARD ? step.hidden() : 1;
    for (int unit = 0; unit < units; unit++) {
      Interval bias = Interval.ANYWHERE;
      for (int i = unit; i < step.size(stage); i += 2 * units) {
        double bound = step.bound(stage, i);
        double z = step.seen(stage, i);
        if (bound < Double.POSITIVE_INFINITY) {
          double reach = LEEWAY * (bound + step.model().gamma(1) * Math.abs(z));
          bias = bias.and(Interval.around(z - step.truth(stage, i), reach, 1));
        }
        if (!followsFrom(step, z, step.seen(stage, i + units))) {
          return false;
        }
      }
      if (bias.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Whether an activation is that of a weighted input as it was seen. */
  private static boolean followsFrom(WhatIf step, double z, double activation) {
    double s = 1 / (1 + Math.exp(-z));
    double slope = s * (1 - s);
    Approximation expected = step.model().sigmoid(Approximation.exact(z), s, slope);
    return Math.abs(activation - s) <= LEEWAY * expected.error();
  }
}
