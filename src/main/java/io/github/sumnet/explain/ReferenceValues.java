package io.github.sumnet.explain;

import io.github.sumnet.gradcheck.arithmetic.RoundedArithmetic;
import io.github.sumnet.network.Precision;
import java.math.BigDecimal;
import java.util.List;

/** One training step by the textbook's formulas in double. */
final class ReferenceValues {
  private ReferenceValues() {}

  /** Computes the step from inputs rounded to a precision. */
  static Values<Double> of(Inputs in, Precision precision) {
    return Values.of(
        in.step(
                new RoundedArithmetic(Precision.DOUBLE),
                rounded(in.weights(), precision),
                rounded(List.of(in.x1(), in.x2(), in.target()), precision),
                Inputs.rounded(in.learningRate(), precision))
            .run());
  }

  private static List<Double> rounded(List<BigDecimal> values, Precision precision) {
    return values.stream().map(value -> Inputs.rounded(value, precision)).toList();
  }
}
