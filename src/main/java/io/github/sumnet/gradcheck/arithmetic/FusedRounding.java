package io.github.sumnet.gradcheck.arithmetic;

import io.github.sumnet.device.Device;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.fused.DoubleFormulas;
import io.github.sumnet.engine.fused.FloatFormulas;
import io.github.sumnet.network.Precision;

/**
 * How the fused engine rounds. It computes σ and σ′ of e = e^−|z| and q = 1/(1 + e): σ is q, or q·e
 * where z is negative, and σ′ is (q·e)·q, which never subtracts σ from 1.
 */
final class FusedRounding extends BoundedArithmetic {
  /** A float's quotient in OpenCL may be off by 2.5 units in the last place, each of them 2u. */
  private static final int ROUNDINGS_OF_A_COARSE_QUOTIENT = 5;

  private final int ofQuotient;
  private final double largestArgument;
  private final double vanishing;

  /** The engine on the CPU, and wherever single operations round like there. */
  FusedRounding(Precision precision) {
    this(precision, true, true);
  }

  /**
   * The engine on a device.
   *
   * @param exactDivision whether quotients are correctly rounded
   * @param subnormals whether numbers below the smallest normal one are kept
   */
  FusedRounding(Precision precision, boolean exactDivision, boolean subnormals) {
    this(
        precision,
        subnormals ? precision.smallestSubnormal() : Float.MIN_NORMAL,
        exactDivision ? 1 : ROUNDINGS_OF_A_COARSE_QUOTIENT,
        true);
  }

  private FusedRounding(Precision precision, double eta, int ofQuotient, boolean floor) {
    super(precision, errorInUnits(precision) / 2, eta);
    this.ofQuotient = ofQuotient;
    largestArgument =
        switch (precision) {
          case FLOAT -> FloatFormulas.LARGEST;
          case DOUBLE -> DoubleFormulas.LARGEST;
        };
    vanishing = floor ? Math.exp(-largestArgument) * (1 + 2 * expError) : 0;
  }

  /** The engine where it computes. */
  public static FusedRounding of(EngineSpec engine) {
    if (engine.device() != Device.OPENCL || engine.precision() == Precision.DOUBLE) {
      // OpenCL has double by IEEE 754 or not at all.
      return new FusedRounding(engine.precision());
    }
    OpenClDevice device = OpenClContext.of(engine.deviceNumber()).device();
    return new FusedRounding(engine.precision(), device.exactDivision(), device.subnormals());
  }

  private static double errorInUnits(Precision precision) {
    return switch (precision) {
      case FLOAT -> FloatFormulas.ERROR_IN_UNITS;
      case DOUBLE -> DoubleFormulas.ERROR_IN_UNITS;
    };
  }

  @Override
  public FusedRounding withoutFloor() {
    return new FusedRounding(precision, eta, ofQuotient, false);
  }

  @Override
  int roundingsOfQuotient() {
    return ofQuotient;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Here an error ε in e takes q by e/(1+e)·ε, and q·e by ε/(1+e): in both cases by the share
   * 1−s. Sum, quotient and, where z is negative, product round: γ_3. Beyond the largest argument e
   * stays what it is there, and so does q·e, while the truth goes to 0.
   */
  @Override
  Approximation sigmoid(Approximation z, double s, double slope) {
    if (z.mayBeInfinite()) {
      return new Approximation(s, Double.POSITIVE_INFINITY);
    }
    double shift = shift(z, slope);
    double own =
        (s + shift)
            * (Math.min(1 - s + shift, 1) * expError + gamma(2 + ofQuotient))
            * (1 + expError);
    double floor = z.value() - z.error() < -largestArgument ? vanishing : 0;
    return rounded(s, Math.min(shift + own + floor, 1), 0);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Here: an error E in z changes σ′ by a factor within e^±(|1−2s|·E + E²/4), since ln σ′ has
   * the derivative 1−2σ, which itself changes by at most E/2. An error ε in e changes e/(1+e)² by
   * |1−2s|·ε, and ε² beyond the first order. Sum and quotient are in q, which counts twice, and two
   * products follow: γ_6, again where the quotient is correctly rounded.
   */
  @Override
  Approximation sigmoidDerivative(Approximation z, Approximation s, double slope) {
    if (z.mayBeInfinite()) {
      return new Approximation(slope, Double.POSITIVE_INFINITY);
    }
    double steepness = Math.min(Math.abs(1 - 2 * s.value()) + z.error() / 2, 1);
    double exponent = Math.abs(1 - 2 * s.value()) * z.error() + z.error() * z.error() / 4;
    double shift = Math.min(slope * Math.expm1(exponent), 0.25);
    double own =
        (slope + shift) * (steepness * expError + expError * expError + gamma(4 + 2 * ofQuotient));
    double floor = Math.abs(z.value()) + z.error() > largestArgument ? vanishing : 0;
    return rounded(slope, shift + own * (1 + expError) + floor, 0);
  }
}
