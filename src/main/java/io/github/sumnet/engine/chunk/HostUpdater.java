package io.github.sumnet.engine.chunk;

import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.HostVector;
import io.github.sumnet.network.Precision;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * ND4J's updaters in plain Java, on the model's own weights and state, for steps that are shorter
 * than one ND4J operation. Every operation is rounded to the model's precision, in the order in
 * which ND4J's native code has them; a float computed in double and rounded once more is correctly
 * rounded.
 */
public final class HostUpdater {
  private final Dl4jModel model;
  private final Precision precision;
  private final HostVector weights;
  private final HostVector gradient;
  private final HostVector state;
  private final int count;

  public HostUpdater(Dl4jModel model) {
    this.model = model;
    precision = model.precision();
    count = model.topology().weightCount();
    weights = model.hostWeights();
    gradient = model.hostGradient();
    state = model.hostUpdaterState();
  }

  /**
   * Turns the gradient sum into a change of the weights and leaves that change in its place, as
   * {@link Dl4jModel#applyGradientSum} does.
   */
  public void apply(int samples, int epoch) {
    double rate = model.learningRate(epoch);
    double divisor = round(samples);
    for (int i = 0; i < count; i++) {
      gradient.set(i, gradient.get(i) / divisor);
    }
    switch (model.updater().kind()) {
      case SGD -> sgd(rate);
      case NESTEROVS -> nesterovs(rate);
      case ADAM -> adam(rate);
    }
    for (int i = 0; i < count; i++) {
      weights.set(i, weights.get(i) - gradient.get(i));
    }
    model.advance(epoch);
  }

  private void sgd(double learningRate) {
    double rate = round(learningRate);
    for (int i = 0; i < count; i++) {
      gradient.set(i, gradient.get(i) * rate);
    }
  }

  /** v ← µv − ηg, and the weights move by −µ·v_before + (1 + µ)·v. */
  private void nesterovs(double learningRate) {
    double rate = round(learningRate);
    double momentum = round(Nesterovs.DEFAULT_NESTEROV_MOMENTUM);
    for (int i = 0; i < count; i++) {
      double before = round(momentum * state.get(i));
      double now = round(before - round(rate * gradient.get(i)));
      state.set(i, now);
      gradient.set(i, before + round((-momentum - 1) * now));
    }
  }

  /** The state is m of all weights, then v of all weights. */
  private void adam(double learningRate) {
    AdamStep adam = AdamStep.of(precision, learningRate, model.iteration());
    for (int i = 0; i < count; i++) {
      double g = gradient.get(i);
      double m = round(round(adam.beta1() * state.get(i)) + round(g * adam.rest1()));
      double v =
          round(round(adam.beta2() * state.get(count + i)) + round(round(g * g) * adam.rest2()));
      state.set(i, m);
      state.set(count + i, v);
      gradient.set(i, round(m * adam.step()) / round(round(Math.sqrt(v)) + adam.epsilon()));
    }
  }

  private double round(double value) {
    return precision.round(value);
  }
}
