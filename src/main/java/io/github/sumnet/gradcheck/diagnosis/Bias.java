package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.arithmetic.Interval;
import io.github.sumnet.gradcheck.step.Stage;
import java.util.List;
import java.util.stream.IntStream;

/** An amount that is added to a unit's weighted input, the same for every sample of a step. */
final class Bias {
  private static final double LEEWAY = 4;

  private Bias() {}

  /** Whether it accounts for what was seen; one sample alone would go with any bias. */
  static boolean explains(Stage stage, List<AlternativeStep> steps) {
    boolean forward = stage == Stage.HIDDEN_FORWARD || stage == Stage.OUTPUT_FORWARD;
    return forward
        && steps.stream().anyMatch(step -> step.size() > 1 && step.wrong(stage).length > 0)
        && steps.stream().allMatch(step -> explains(stage, step));
  }

  private static boolean explains(Stage stage, AlternativeStep step) {
    int units = stage == Stage.HIDDEN_FORWARD ? step.hidden() : 1;
    return IntStream.range(0, units).allMatch(unit -> explains(stage, step, unit, units));
  }

  private static boolean explains(Stage stage, AlternativeStep step, int unit, int units) {
    Interval bias = Interval.ANYWHERE;
    boolean wrong = false;
    for (int i = unit; i < step.size(stage); i += 2 * units) {
      double z = step.seen(stage, i);
      if (!followsFrom(step, z, step.seen(stage, i + units))) {
        return false;
      }
      bias = bias.and(allowed(stage, step, i));
      wrong |= step.isWrong(stage, i) || step.isWrong(stage, i + units);
    }
    return !bias.isEmpty() && (bias.excludesZero() || !wrong);
  }

  private static Interval allowed(Stage stage, AlternativeStep step, int i) {
    double bound = step.bound(stage, i);
    double z = step.seen(stage, i);
    double reach = LEEWAY * (bound + step.model().gamma(1) * Math.abs(z));
    return bound < Double.POSITIVE_INFINITY
        ? Interval.around(z - step.truth(stage, i), reach, 1)
        : Interval.ANYWHERE;
  }

  /** Whether an activation is that of a weighted input as it was seen. */
  private static boolean followsFrom(AlternativeStep step, double z, double activation) {
    double s = 1 / (1 + Math.exp(-z));
    double slope = s * (1 - s);
    Approximation expected = step.model().sigmoid(Approximation.exact(z), s, slope);
    return Math.abs(activation - s) <= LEEWAY * expected.error();
  }
}
