package io.github.sumnet.gradcheck.arithmetic;

import io.github.sumnet.network.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a training step is computed in: exact, rounded, or bounded numbers. The step is written once
 * over this interface.
 *
 * @param <T> the numbers; never changed once they are made
 */
public interface Arithmetic<T> {

  /** A number that is given, rounded to the precision if there is one. */
  T of(double x);

  /** A number that is known to within an error, where the arithmetic keeps errors. */
  default T about(double x, double error) {
    return of(x);
  }

  /** Beyond this z e^z is larger than every number. */
  double largestExponent();

  /** The number as a double. */
  double toDouble(T x);

  T plus(T x, T y);

  T minus(T x, T y);

  T times(T x, T y);

  /** x divided by a number that the precision holds. */
  default T over(T x, double n) {
    return over(x, of(n));
  }

  T over(T x, T y);

  T log(T x);

  /**
   * A probability as a loss takes it.
   *
   * @param clip how far an engine keeps it from 0 and 1
   */
  default T probability(T p, double clip) {
    return p;
  }

  /** What is left of a number that is kept as a float for a while. */
  T toFloat(T x);

  /** A layer's activation of one weighted input; not softmax. */
  T activation(Activation function, T z);

  /** The activation's derivative at z, where the activation is a; not softmax. */
  T slope(Activation function, T z, T a);

  /** The softmax of all weighted inputs of a layer. */
  List<T> softmax(List<T> z);

  /**
   * Whether a number costs so much that it is worth a thread of its own to compute some of them.
   */
  default boolean isSlow() {
    return false;
  }

  /** Σ x, one number after the other. */
  default T sum(List<T> terms) {
    return terms.stream().reduce(this::plus).orElseThrow();
  }

  /** Σ x·y, and a bias if there is one (it may be null). */
  default T dot(List<T> x, List<T> y, T bias) {
    T sum = times(x.get(0), y.get(0));
    for (int k = 1; k < x.size(); k++) {
      sum = plus(sum, times(x.get(k), y.get(k)));
    }
    return bias == null ? sum : plus(sum, bias);
  }

  /**
   * A hidden delta: the deltas of the layer above come back through the weights and are multiplied
   * with the activation's derivative.
   */
  default T delta(List<T> deltas, List<T> weights, T slope) {
    return times(dot(deltas, weights, null), slope);
  }

  /**
   * Σ terms over a batch: in chunks, whose sums are added along a binary tree.
   *
   * @param chunks the samples that each chunk adds
   * @param alike for a sample, the first one that has the same term
   */
  default T batchSum(int[][] chunks, int[] alike, IntFunction<T> term) {
    List<T> sums = new ArrayList<>();
    for (int[] chunk : chunks) {
      T sum = of(0);
      for (int sample : chunk) {
        sum = plus(sum, term.apply(sample));
      }
      sums.add(sum);
    }
    return tree(sums);
  }

  /** Σ x·y over a batch, likewise. */
  default T batchSum(int[][] chunks, int[] alike, IntFunction<T> x, IntFunction<T> y) {
    return batchSum(chunks, alike, sample -> times(x.apply(sample), y.apply(sample)));
  }

  /** The sum of the samples' losses. */
  default T lossSum(int[][] chunks, int[] alike, IntFunction<T> loss) {
    return batchSum(chunks, alike, loss);
  }

  /** Neighbours are added until one is left. */
  private T tree(List<T> sums) {
    if (sums.size() == 1) {
      return sums.get(0);
    }
    List<T> pairs = new ArrayList<>();
    for (int i = 0; i < sums.size(); i += 2) {
      pairs.add(i + 1 < sums.size() ? plus(sums.get(i), sums.get(i + 1)) : sums.get(i));
    }
    return tree(pairs);
  }
}
