package io.github.sumnet.network;

import java.util.Locale;

/** What a layer makes of its weighted inputs z. */
public enum Activation {
  /** z. */
  IDENTITY,
  /** σ(z) = 1/(1 + e^−z). */
  SIGMOID,
  TANH,
  /** z where it is positive, else 0. */
  RELU,
  /** z where it is positive, else {@value #LEAK}·z. */
  LEAKY_RELU,
  /** ln(1 + e^z). */
  SOFTPLUS,
  /** e^z as a share of the sum over the layer's units. */
  SOFTMAX;

  /** The slope of the leaky ReLU below 0. */
  public static final double LEAK = 0.01;

  /** Whether its derivative jumps at z = 0. */
  public boolean hasKink() {
    return this == RELU || this == LEAKY_RELU;
  }

  /** The name as options and reports write it, such as leaky-relu. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
