package io.github.sumnet.gradcheck.step;

import io.github.sumnet.gradcheck.arithmetic.Arithmetic;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A sample's loss and its derivatives by the outputs' weighted inputs. */
public final class LossTerms {
  /** How far DL4J keeps predictions from 0 and 1 in its cross-entropies. */
  public static final double BINARY_CLIP = 1e-5;

  /** The same with a softmax. */
  public static final double CLIP = 1e-10;

  private LossTerms() {}

  /** An output's part in the loss of a sample. */
  static <T> T loss(Arithmetic<T> math, DenseNetwork network, T p, T y) {
    return switch (network.loss()) {
      case HALF_SQUARED_ERROR -> {
        T residual = math.minus(p, y);
        yield math.times(math.of(0.5), math.times(residual, residual));
      }
      case MEAN_SQUARED_ERROR -> {
        T residual = math.minus(p, y);
        yield math.over(math.times(residual, residual), network.outputs());
      }
      case CROSS_ENTROPY ->
          math.minus(math.of(0), math.times(y, math.log(math.probability(p, CLIP))));
      case BINARY_CROSS_ENTROPY -> {
        T one = math.of(1);
        T clipped = math.probability(p, BINARY_CLIP);
        T positive = math.times(y, math.log(clipped));
        T negative = math.times(math.minus(one, y), math.log(math.minus(one, clipped)));
        yield math.minus(math.of(0), math.plus(positive, negative));
      }
    };
  }

  /**
   * The outputs' deltas.
   *
   * @param slope the activation's derivative at an output; not asked for softmax
   */
  static <T> List<T> deltas(
      Arithmetic<T> math, DenseNetwork network, List<T> p, List<T> y, IntFunction<T> slope) {
    Activation activation = network.layer(network.depth()).activation();
    if (activation == Activation.SOFTMAX && network.loss() == Loss.CROSS_ENTROPY) {
      // p·(−y/p + Σy): whatever the probabilities are, nothing is divided by them.
      T total = math.sum(y);
      return IntStream.range(0, p.size())
          .mapToObj(j -> math.minus(math.times(p.get(j), total), y.get(j)))
          .toList();
    }
    List<T> derivatives = new ArrayList<>();
    for (int j = 0; j < p.size(); j++) {
      derivatives.add(derivative(math, network, p.get(j), y.get(j)));
    }
    List<T> deltas = new ArrayList<>();
    T mean = activation == Activation.SOFTMAX ? math.dot(p, derivatives, null) : null;
    for (int j = 0; j < p.size(); j++) {
      deltas.add(
          activation == Activation.SOFTMAX
              ? math.times(p.get(j), math.minus(derivatives.get(j), mean))
              : math.times(derivatives.get(j), slope.apply(j)));
    }
    return deltas;
  }

  /** The derivative of a sample's loss by an output. */
  private static <T> T derivative(Arithmetic<T> math, DenseNetwork network, T p, T y) {
    return switch (network.loss()) {
      case HALF_SQUARED_ERROR -> math.minus(p, y);
      case MEAN_SQUARED_ERROR ->
          math.over(math.times(math.of(2), math.minus(p, y)), network.outputs());
      case CROSS_ENTROPY -> math.minus(math.of(0), math.over(y, p));
      case BINARY_CROSS_ENTROPY -> {
        T clipped = math.probability(p, BINARY_CLIP);
        T product = math.times(clipped, math.minus(math.of(1), clipped));
        yield math.over(math.minus(clipped, y), product);
      }
    };
  }
}
