package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.arithmetic.RoundingModel;
import io.github.sumnet.gradcheck.step.ErrorBound;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.network.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Floats among doubles: as far from the truth as a computation in float would be, no further. */
final class FloatRounding {
  private static final RoundingModel FLOAT = new RoundingModel(Precision.FLOAT, 2);

  private FloatRounding() {}

  static boolean explains(Stage stage, List<AlternativeStep> steps) {
    return steps.stream().allMatch(step -> explains(stage, step));
  }

  private static boolean explains(Stage stage, AlternativeStep step) {
    Evidence evidence = step.evidence();
    if (evidence.precision() != Precision.DOUBLE) {
      return false;
    }
    Map<Stage, double[]> bounds =
        ErrorBound.of(
            FLOAT, evidence.before(), evidence.chunks(), evidence.truth(), evidence.rate());
    return Arrays.stream(step.wrong(stage))
        .allMatch(
            i ->
                step.seen(stage, i) == (float) step.seen(stage, i)
                    && step.error(stage, i) <= bounds.get(stage)[i]);
  }
}
