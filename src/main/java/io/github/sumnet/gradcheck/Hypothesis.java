package io.github.sumnet.gradcheck;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A fault that may have happened, and what it would have made of a stage's values.
 *
 * @param cause the fault
 * @param outcomes the values that it could have led to in a step, each with how far rounding can
 *     take it; none where the fault could not have happened
 */
record Hypothesis(Cause cause, BiFunction<WhatIf, Stage, Stream<List<Approximation>>> outcomes) {
  /** Whether it accounts for what was seen in a step. */
  boolean explains(WhatIf step, Stage stage) {
    return outcomes.apply(step, stage).anyMatch(outcome -> step.agrees(stage, outcome));
  }
}
