package io.github.sumnet.gradcheck.arithmetic;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * σ(z) with its complement. Of a unit in saturation 1−σ(z) would cancel to nothing; it is σ(−z),
 * and both follow from q = e^−|z| without a subtraction: 1/(1+q) and q/(1+q).
 *
 * @param value σ(z)
 * @param complement 1 − σ(z)
 */
public record ExactSigmoid(BigDecimal value, BigDecimal complement) {
  /**
   * Where e^−|z| counts as 0: it is below 10^−4342, and the largest double is below 10^309, so that
   * nothing it could be multiplied with makes it matter to a double. BigDecimal's exponents end at
   * 2^31 digits.
   */
  private static final BigDecimal VANISHES = BigDecimal.valueOf(10_000);

  public static ExactSigmoid of(BigDecimal z, MathContext digits) {
    BigDecimal q = exponential(z.abs().negate(), digits);
    BigDecimal near = BigDecimal.ONE.divide(BigDecimal.ONE.add(q), digits);
    BigDecimal far = q.multiply(near, digits);
    return z.signum() >= 0 ? new ExactSigmoid(near, far) : new ExactSigmoid(far, near);
  }

  /** σ′(z) = σ(z)·σ(−z). */
  public BigDecimal slope(MathContext digits) {
    return value.multiply(complement, digits);
  }

  private static BigDecimal exponential(BigDecimal z, MathContext digits) {
    if (z.abs().compareTo(VANISHES) > 0) {
      return BigDecimal.ZERO;
    }
    // A double has up to 1,074 digits; an error of 10^−(p+10) in z is one of 10^−(p+10) in e^z.
    BigDecimal rounded = z.setScale(digits.getPrecision() + 10, RoundingMode.HALF_EVEN);
    return BigDecimalMath.exp(rounded.stripTrailingZeros(), digits);
  }
}
