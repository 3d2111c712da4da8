package io.github.sumnet.gradcheck.step;

import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.arithmetic.BoundedArithmetic;
import io.github.sumnet.gradcheck.arithmetic.DoubleDouble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How far every value of a training step may be from the truth when it is computed in a precision:
 * the step in {@link BoundedArithmetic}, every stage around the truth about the stages before it.
 */
public final class ErrorBound {
  private ErrorBound() {}

  /**
   * The bounds of every value of a step over these samples.
   *
   * @param parameters as the judged computation sees them, already rounded
   * @param truth what the bounds are around
   */
  public static Map<Stage, double[]> of(
      BoundedArithmetic model,
      double[] parameters,
      Samples samples,
      ExpectedStep truth,
      double rate) {
    TrainingStep<Approximation> step =
        TrainingStep.of(model, truth.network(), parameters, samples, rate);
    return of(step, truth);
  }

  /**
   * The bounds of every value of a step in bounded numbers.
   *
   * @param step of which nothing is computed yet; its given numbers may have errors of their own
   */
  public static Map<Stage, double[]> of(TrainingStep<Approximation> step, ExpectedStep truth) {
    Map<Stage, double[]> errors = new HashMap<>();
    for (Stage stage : Stage.all(step.network())) {
      List<Approximation> bounded = step.compute(stage);
      DoubleDouble[] exact = truth.inDoubleDouble(stage);
      step.know(
          stage,
          new ArrayList<>(
              IntStream.range(0, exact.length)
                  .mapToObj(i -> bounded.get(i).at(exact[i].high()))
                  .toList()));
      errors.put(stage, bounded.stream().mapToDouble(Approximation::error).toArray());
    }
    return errors;
  }
}
