package io.github.sumnet.gradcheck.step;

import io.github.sumnet.gradcheck.arithmetic.ExactSigmoid;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The truth: the network and its analytic gradient in decimal arithmetic, so far more precise than
 * float and double that its own rounding does not count. The exponential is big-math's, which is
 * right to the last of the digits asked for.
 */
public final class ExactNetwork {
  /** Significant decimal digits; a double has 16. */
  public static final int DIGITS = 50;

  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final Topology topology;
  private final List<BigDecimal> weights;
  private final MathContext digits;

  ExactNetwork(Topology topology, List<BigDecimal> weights, MathContext digits) {
    if (weights.size() != topology.weightCount()) {
      throw new IllegalArgumentException(
          "a "
              + topology
              + " network has "
              + topology.weightCount()
              + " weights, not "
              + weights.size());
    }
    this.topology = topology;
    this.weights = List.copyOf(weights);
    this.digits = digits;
  }

  /**
   * A network with these weights, which need not be representable in binary.
   *
   * @param weights in the order of {@link Topology#weightNames()}
   */
  public static ExactNetwork of(Topology topology, List<BigDecimal> weights) {
    return of(topology, weights, new MathContext(DIGITS));
  }

  /**
   * The same, computed with other digits than {@link #DIGITS}: cancellation costs some of them, as
   * in the residual of a prediction that all but hits its target.
   */
  public static ExactNetwork of(Topology topology, List<BigDecimal> weights, MathContext digits) {
    return new ExactNetwork(topology, weights, digits);
  }

  /** A network with exactly the values of these weights, all finite. */
  static ExactNetwork of(Weights weights, MathContext digits) {
    return new ExactNetwork(
        weights.topology(),
        Arrays.stream(weights.toArray()).mapToObj(BigDecimal::new).toList(),
        digits);
  }

  /** Forward and backward pass for one sample. */
  public ExactPass pass(BigDecimal x1, BigDecimal x2, BigDecimal y) {
    int hidden = topology.hidden();
    List<BigDecimal> z = new ArrayList<>(hidden);
    List<BigDecimal> a = new ArrayList<>(hidden);
    List<BigDecimal> slope = new ArrayList<>(hidden);
    BigDecimal zo = BigDecimal.ZERO;
    for (int j = 0; j < hidden; j++) {
      z.add(sum(product(x1, weights.get(j)), product(x2, weights.get(hidden + j))));
      ExactSigmoid sigmoid = ExactSigmoid.of(z.get(j), digits);
      a.add(sigmoid.value());
      slope.add(sigmoid.slope(digits));
      zo = sum(zo, product(a.get(j), output(j)));
    }
    ExactSigmoid prediction = ExactSigmoid.of(zo, digits);
    BigDecimal residual = prediction.value().subtract(y, digits);
    BigDecimal outputSlope = prediction.slope(digits);
    BigDecimal deltaOutput = product(residual, outputSlope);
    List<BigDecimal> deltaHidden = new ArrayList<>(hidden);
    for (int j = 0; j < hidden; j++) {
      deltaHidden.add(product(product(deltaOutput, output(j)), slope.get(j)));
    }
    return new ExactPass(
        z,
        a,
        slope,
        zo,
        prediction.value(),
        outputSlope,
        residual,
        product(HALF, product(residual, residual)),
        deltaOutput,
        deltaHidden,
        gradient(x1, x2, a, deltaOutput, deltaHidden));
  }

  private List<BigDecimal> gradient(
      BigDecimal x1,
      BigDecimal x2,
      List<BigDecimal> a,
      BigDecimal deltaOutput,
      List<BigDecimal> deltaHidden) {
    List<BigDecimal> gradient = new ArrayList<>(topology.weightCount());
    deltaHidden.forEach(delta -> gradient.add(product(delta, x1)));
    deltaHidden.forEach(delta -> gradient.add(product(delta, x2)));
    a.forEach(activation -> gradient.add(product(deltaOutput, activation)));
    return gradient;
  }

  private BigDecimal output(int unit) {
    return weights.get(Topology.INPUTS * topology.hidden() + unit);
  }

  private BigDecimal product(BigDecimal x, BigDecimal y) {
    return x.multiply(y, digits);
  }

  private BigDecimal sum(BigDecimal x, BigDecimal y) {
    return x.add(y, digits);
  }
}
