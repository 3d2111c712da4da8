package io.github.sumnet.engine.chunk;

import io.github.sumnet.network.Precision;
import org.nd4j.linalg.learning.config.Adam;

/**
 * What a step of Adam has in common for all weights, rounded as ND4J's native code does.
 *
 * @param rest1 1 − β₁
 * @param rest2 1 − β₂
 * @param step η·√(1 − β₂ᵗ) / (1 − β₁ᵗ)
 */
public record AdamStep(
    double beta1, double rest1, double beta2, double rest2, double step, double epsilon) {
  /**
   * The step to come.
   *
   * @param iteration how many steps there were before
   */
  public static AdamStep of(Precision precision, double learningRate, int iteration) {
    double rate = precision.round(learningRate);
    double beta1 = precision.round(Adam.DEFAULT_ADAM_BETA1_MEAN_DECAY);
    double beta2 = precision.round(Adam.DEFAULT_ADAM_BETA2_VAR_DECAY);
    double epsilon = precision.round(Adam.DEFAULT_ADAM_EPSILON);
    double power1 = precision.round(Math.pow(beta1, iteration + 1.0));
    double power2 = precision.round(Math.pow(beta2, iteration + 1.0));
    double root = precision.round(Math.sqrt(precision.round(1 - power2)));
    // ND4J's literal 1.0 makes this division one in double.
    double step = precision.round(precision.round(rate * root) / (1 - power1));
    boolean usable = step > 0 && step < Double.POSITIVE_INFINITY;
    return new AdamStep(
        beta1,
        precision.round(1 - beta1),
        beta2,
        precision.round(1 - beta2),
        usable ? step : epsilon,
        epsilon);
  }
}
