package io.github.sumnet.engine;

import java.util.Locale;

/**
 * The rule that turns a gradient into a change of the weights, with ND4J's defaults for what is not
 * said here: momentum 0.9 for Nesterovs; β1 = 0.9, β2 = 0.999, ε = 1e-8 for Adam.
 *
 * @param kind the rule
 * @param learningRate η, positive and finite
 * @param schedule how η changes
 */
public record UpdaterConfig(Kind kind, double learningRate, Schedule schedule) {
  /** The rule by which an updater turns a mean gradient into a change of the weights. */
  public enum Kind {
    SGD,
    NESTEROVS,
    ADAM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public UpdaterConfig {
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the learning rate must be positive and finite, not " + learningRate);
    }
  }

  /** Stochastic gradient descent at a constant rate. */
  public static UpdaterConfig sgd(double learningRate) {
    return new UpdaterConfig(Kind.SGD, learningRate, Schedule.CONSTANT);
  }
}
