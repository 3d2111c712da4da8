package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.step.Stage;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A fault that may have happened, and what it would have made of a stage's values.
 *
 * @param cause the fault
 * @param outcomes the values that it could have led to in a step, each with how far rounding can
 *     take it; none where the fault could not have happened
 */
record Hypothesis(
    Cause cause, BiFunction<AlternativeStep, Stage, Stream<List<Approximation>>> outcomes) {
  /**
   * Whether it accounts for every value of these steps. It may pass a step without a wrong value in
   * which it had no occasion; most wrong values have to be such that the truth does not fit as
   * well.
   */
  boolean explains(Stage stage, List<AlternativeStep> steps) {
    long told = 0;
    long wrong = 0;
    for (AlternativeStep step : steps) {
      List<List<Approximation>> possible = outcomes.apply(step, stage).toList();
      Optional<List<Approximation>> outcome =
          possible.stream().filter(each -> step.agrees(stage, each)).findFirst();
      int wrongHere = step.wrong(stage).length;
      if (outcome.isEmpty() && (wrongHere > 0 || !possible.isEmpty())) {
        return false;
      }
      wrong += wrongHere;
      told += outcome.map(each -> step.told(stage, each)).orElse(0L);
    }
    return 2 * told > wrong;
  }
}
