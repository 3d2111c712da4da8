package io.github.sumnet.gradcheck;

import io.github.sumnet.network.Precision;
import java.util.Collection;

/**
 * How errors arise and grow in floating-point arithmetic: the standard model fl(x op y) = (x op
 * y)(1 + δ), |δ| ≤ u, of Higham, <i>Accuracy and Stability of Numerical Algorithms</i>, 2nd
 * edition, chapters 2 to 4, with η for results that underflow. A fused multiply-add rounds once
 * where these rules round twice, so they cover it.
 */
final class RoundingModel {
  private final double u;
  private final double eta;
  private final double expError;

  /**
   * The model of a precision.
   *
   * @param expUlps how many units in the last place the exponential may be wrong by
   */
  RoundingModel(Precision precision, double expUlps) {
    u = precision.unitRoundoff();
    eta = precision.smallestSubnormal();
    expError = 2 * u * expUlps;
  }

  /** x·y: the factors' errors (product rule) and one rounding. */
  Approximation product(Approximation x, Approximation y) {
    double inherited =
        Math.abs(x.value()) * y.error() + Math.abs(y.value()) * x.error() + x.error() * y.error();
    return rounded(x.value() * y.value(), inherited);
  }

  /** x − y: the operands' errors and one rounding. */
  Approximation difference(Approximation x, Approximation y) {
    return rounded(x.value() - y.value(), x.error() + y.error());
  }

  /** x/n for a number n that is exact. */
  Approximation quotient(Approximation x, double n) {
    return rounded(x.value() / n, x.error() / n);
  }

  /**
   * The sum of n terms in any order: the terms' errors and γ_n times their magnitudes, γ_n =
   * nu/(1−nu) (Higham, section 4.2).
   */
  Approximation sum(Collection<Approximation> terms) {
    double value = 0;
    double error = 0;
    double magnitudes = 0;
    for (Approximation term : terms) {
      value += term.value();
      error += term.error();
      magnitudes += term.magnitude();
    }
    double nu = terms.size() * u;
    return new Approximation(value, error + nu / (1 - nu) * magnitudes);
  }

  /**
   * σ(z). An error E in z shifts σ by at most σ′(z)·E·e^min(E,1), as |σ″| ≤ σ′; 1/(1 + e^−z) then
   * carries the exponential's relative error damped by 1−σ, and the roundings of sum and quotient.
   */
  Approximation sigmoid(Approximation z) {
    double s = sigma(z.value());
    double complement = sigma(-z.value());
    double inherited = s * complement * z.error() * Math.exp(Math.min(z.error(), 1));
    double own = s * (complement * expError + 2 * u) + eta;
    return new Approximation(s, Math.min(inherited + own, 1));
  }

  /**
   * σ′ = s(1−s), computed from a computed s = σ(z): with an error E in s, s(1−s) moves by |1−2s|·E
   * + E² and is rounded twice.
   *
   * @param z where: 1−σ(z) is taken as σ(−z), which does not cancel
   */
  Approximation sigmoidDerivative(Approximation z, Approximation s) {
    double value = sigma(z.value()) * sigma(-z.value());
    double inherited = Math.abs(1 - 2 * s.value()) * s.error() + s.error() * s.error();
    return new Approximation(value, inherited + 2 * u * (value + inherited) + eta);
  }

  private Approximation rounded(double value, double inherited) {
    return new Approximation(value, inherited + u * (Math.abs(value) + inherited) + eta);
  }

  private static double sigma(double z) {
    return 1 / (1 + Math.exp(-z));
  }
}
