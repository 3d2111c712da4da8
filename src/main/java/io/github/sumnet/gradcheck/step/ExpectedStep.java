package io.github.sumnet.gradcheck.step;

import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.arithmetic.BoundedArithmetic;
import io.github.sumnet.gradcheck.arithmetic.DoubleDouble;
import io.github.sumnet.gradcheck.arithmetic.ExactArithmetic;
import io.github.sumnet.network.DenseNetwork;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The truth about one training step of gradient descent: every stage's values. */
public final class ExpectedStep {
  private final TrainingStep<BigDecimal> step;
  private final Map<Stage, DoubleDouble[]> inDoubleDouble = new HashMap<>();

  /** The truth that a step in exact arithmetic has come to. */
  public ExpectedStep(TrainingStep<BigDecimal> step) {
    this.step = step;
  }

  /** The step from these parameters, all finite, over these samples. */
  public static ExpectedStep of(
      DenseNetwork network, double[] parameters, Samples samples, double rate) {
    return new ExpectedStep(
        TrainingStep.of(new ExactArithmetic(), network, parameters, samples, rate).run());
  }

  public DenseNetwork network() {
    return step.network();
  }

  /** The stage's values. */
  public List<BigDecimal> at(Stage stage) {
    return step.at(stage);
  }

  /** How many samples the step has. */
  public int size() {
    return step.size();
  }

  /** The activation's derivative at a unit of a sample. */
  public BigDecimal slope(int layer, int sample, int unit) {
    return step.math()
        .slope(
            network().layer(layer).activation(),
            step.weightedInput(layer, sample, unit),
            step.activation(layer, sample, unit));
  }

  /** The values of a stage as double-doubles, which is precise enough to take distances. */
  public DoubleDouble[] inDoubleDouble(Stage stage) {
    return inDoubleDouble.computeIfAbsent(stage, any -> inDoubleDouble(at(stage)));
  }

  /**
   * How far every value of the step may be from the truth when it is computed in a precision: the
   * step in {@link BoundedArithmetic}, every stage around the truth about the stages before it.
   *
   * @param parameters as the judged computation sees them, already rounded
   */
  public Map<Stage, double[]> bounds(
      BoundedArithmetic model, double[] parameters, Samples samples, double rate) {
    return bounds(TrainingStep.of(model, network(), parameters, samples, rate));
  }

  /**
   * The bounds of every value of a step in bounded numbers.
   *
   * @param bounded of which nothing is computed yet; its given numbers may have errors of their own
   */
  public Map<Stage, double[]> bounds(TrainingStep<Approximation> bounded) {
    Map<Stage, double[]> errors = new HashMap<>();
    for (Stage stage : Stage.all(bounded.network())) {
      List<Approximation> values = bounded.compute(stage);
      DoubleDouble[] exact = inDoubleDouble(stage);
      bounded.know(
          stage,
          new ArrayList<>(
              IntStream.range(0, exact.length)
                  .mapToObj(i -> values.get(i).at(exact[i].high()))
                  .toList()));
      errors.put(stage, values.stream().mapToDouble(Approximation::error).toArray());
    }
    return errors;
  }

  private static DoubleDouble[] inDoubleDouble(List<BigDecimal> exact) {
    IdentityHashMap<BigDecimal, DoubleDouble> known = new IdentityHashMap<>();
    return exact.stream()
        .map(value -> known.computeIfAbsent(value, DoubleDouble::of))
        .toArray(DoubleDouble[]::new);
  }
}
