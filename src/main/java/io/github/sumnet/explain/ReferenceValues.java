package io.github.sumnet.explain;

import static io.github.sumnet.explain.Inputs.rounded;

import io.github.sumnet.data.Batch;
import io.github.sumnet.engine.textbook.Reference;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Weights;
import java.util.ArrayList;
import java.util.List;

/** One training step by the textbook's formulas in double. */
final class ReferenceValues {
  private ReferenceValues() {}

  /** Computes the step from inputs rounded to a precision. */
  static Values<Double> of(Inputs in, Precision precision) {
    Weights weights = in.weights(precision);
    Batch sample = EngineValues.sample(in, precision);
    LossAndGradient pass = Reference.lossAndGradient(weights, sample);
    double rate = rounded(in.learningRate(), precision);
    double[] before = weights.toArray();
    double[] gradient = pass.gradient().toArray();
    List<Double> updated = new ArrayList<>();
    for (int i = 0; i < before.length; i++) {
      updated.add(before[i] - rate * gradient[i]);
    }
    return EngineValues.combine(Reference.trace(weights, sample), pass, updated);
  }
}
