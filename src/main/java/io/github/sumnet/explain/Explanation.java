package io.github.sumnet.explain;

import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.arithmetic.BoundedArithmetic;
import io.github.sumnet.gradcheck.arithmetic.ExactArithmetic;
import io.github.sumnet.gradcheck.step.ExpectedStep;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.network.DenseNetwork;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One training step on one sample in exact arithmetic, by the reference and by an engine.
 *
 * @param engine what computed {@code dl4j}
 * @param exact the values in decimal arithmetic, from the very decimals given
 * @param reference the textbook's formulas in double, from inputs rounded to the engine's precision
 * @param dl4j the engine's values, from the same rounded inputs
 * @param bounds how far rounding can take the engine's values from the exact ones; may be infinite
 * @param published what the document prints, for its worked example only
 */
public record Explanation(
    Inputs inputs,
    EngineSpec engine,
    Values<BigDecimal> exact,
    Values<Double> reference,
    Values<Double> dl4j,
    Values<Double> bounds,
    Optional<Values<String>> published) {
  /**
   * Computes the step in every arithmetic. The engine has taken it afterwards.
   *
   * @param engine a new one, made by {@link EngineValues#engine} from these inputs' weights
   */
  public static Explanation of(Inputs inputs, Engine engine) throws InterruptedException {
    return new Explanation(
        inputs,
        engine.spec(),
        ExactValues.of(inputs),
        ReferenceValues.of(inputs, engine.spec().precision()),
        EngineValues.of(inputs, engine),
        bounds(inputs, engine.spec()),
        inputs.isWorkedExample() ? Optional.of(PublishedExample.VALUES) : Optional.empty());
  }

  private static Values<Double> bounds(Inputs in, EngineSpec engine) {
    BoundedArithmetic model = BoundedArithmetic.of(engine.precision(), engine.device());
    Map<Stage, double[]> bounds =
        new ExpectedStep(ExactValues.step(in, ExactArithmetic.DIGITS))
            .bounds(
                in.step(
                    model,
                    rounded(in.weights(), model),
                    rounded(List.of(in.x1(), in.x2(), in.target()), model),
                    model.rounded(in.learningRate().doubleValue())));
    return Values.of(DenseNetwork.of(in.topology()), stage -> bounds(bounds.get(stage)));
  }

  private static List<Approximation> rounded(List<BigDecimal> values, BoundedArithmetic model) {
    return values.stream().map(value -> model.rounded(value.doubleValue())).toList();
  }

  private static List<Double> bounds(double[] errors) {
    return Arrays.stream(errors).map(error -> error * BoundedArithmetic.SLACK).boxed().toList();
  }

  /**
   * The error of DL4J's value divided by its bound: at most 1 if rounding explains it. Empty where
   * the bound is infinite.
   */
  public OptionalDouble errorOverBound(Quantity quantity) {
    double bound = bounds.get(quantity);
    double value = dl4j.get(quantity);
    if (bound == Double.POSITIVE_INFINITY) {
      return OptionalDouble.empty();
    }
    if (!Double.isFinite(value)) {
      return OptionalDouble.of(Double.POSITIVE_INFINITY);
    }
    double error = new BigDecimal(value).subtract(exact.get(quantity)).abs().doubleValue();
    return OptionalDouble.of(error == 0 ? 0 : error / bound);
  }

  /** What is wrong with the document's figure, if it prints one and that is wrong. */
  public Optional<Misprint> misprint(Quantity quantity) {
    return published.flatMap(values -> Misprint.of(values.get(quantity), exact.get(quantity)));
  }

  /**
   * How far DL4J's value is from the exact one, in units in the last place of its precision;
   * positive where it is too large. Empty where either is beyond the precision's range.
   */
  public OptionalDouble ulps(Quantity quantity) {
    double value = dl4j.get(quantity);
    BigDecimal truth = exact.get(quantity);
    double nearest = Inputs.rounded(truth, engine.precision());
    if (!Double.isFinite(value) || !Double.isFinite(nearest)) {
      return OptionalDouble.empty();
    }
    double ulp =
        switch (engine.precision()) {
          case FLOAT -> Math.ulp((float) nearest);
          case DOUBLE -> Math.ulp(nearest);
        };
    return OptionalDouble.of(
        new BigDecimal(value)
            .subtract(truth)
            .divide(new BigDecimal(ulp), MathContext.DECIMAL64)
            .doubleValue());
  }
}
