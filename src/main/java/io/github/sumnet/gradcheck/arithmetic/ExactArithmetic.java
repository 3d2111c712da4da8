package io.github.sumnet.gradcheck.arithmetic;

import ch.obermuhlner.math.big.BigDecimalMath;
import io.github.sumnet.network.Activation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * Decimal arithmetic so far more precise than float and double that its own rounding does not
 * count. Exponentials and logarithms are big-math's, which are right to the last of the digits
 * asked for. Nothing is computed as a difference that would cancel: 1−σ(z) is σ(−z), 1−tanh² is
 * 4q/(1+q)² of q = e^−2|z|.
 */
public final class ExactArithmetic implements Arithmetic<BigDecimal> {
  /** Significant decimal digits; a double has 16. */
  public static final int DIGITS = 50;

  /**
   * Where e^−|z| counts as 0: it is below 10^−4342, and the largest double is below 10^309, so that
   * nothing it could be multiplied with makes it matter to a double. BigDecimal's exponents end at
   * 2^31 digits.
   */
  private static final BigDecimal VANISHES = BigDecimal.valueOf(10_000);

  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private final MathContext digits;

  /** e^−|z| of what was asked for before: a slope needs that of its activation again. */
  private final Map<BigDecimal, BigDecimal> exponentials = new ConcurrentHashMap<>();

  public ExactArithmetic() {
    this(DIGITS);
  }

  /** Cancellation costs digits, as in the residual of a prediction that all but hits its target. */
  public ExactArithmetic(int digits) {
    this.digits = new MathContext(digits);
  }

  @Override
  public boolean isSlow() {
    return true;
  }

  @Override
  public BigDecimal of(double x) {
    return new BigDecimal(x);
  }

  @Override
  public double largestExponent() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public double toDouble(BigDecimal x) {
    return DoubleDouble.toDouble(x);
  }

  @Override
  public BigDecimal plus(BigDecimal x, BigDecimal y) {
    return x.add(y, digits);
  }

  @Override
  public BigDecimal minus(BigDecimal x, BigDecimal y) {
    return x.subtract(y, digits);
  }

  @Override
  public BigDecimal times(BigDecimal x, BigDecimal y) {
    return x.multiply(y, digits);
  }

  @Override
  public BigDecimal over(BigDecimal x, BigDecimal y) {
    return x.divide(y, digits);
  }

  @Override
  public BigDecimal log(BigDecimal x) {
    return BigDecimalMath.log(x, digits);
  }

  @Override
  public BigDecimal toFloat(BigDecimal x) {
    return new BigDecimal(x.floatValue());
  }

  @Override
  public BigDecimal activation(Activation function, BigDecimal z) {
    return switch (function) {
      case IDENTITY -> z;
      case SIGMOID -> sigmoid(z);
      case TANH -> tanh(z);
      case RELU -> z.signum() < 0 ? BigDecimal.ZERO : z;
      case LEAKY_RELU -> z.signum() < 0 ? times(of(Activation.LEAK), z) : z;
      case SOFTPLUS -> plus(z.max(BigDecimal.ZERO), logOfOnePlus(exponential(z)));
      case SOFTMAX -> throw new IllegalArgumentException("softmax is of a layer, not of a unit");
    };
  }

  @Override
  public BigDecimal slope(Activation function, BigDecimal z, BigDecimal a) {
    return switch (function) {
      case IDENTITY -> ONE;
      case SIGMOID -> times(a, sigmoid(z.negate()));
      case TANH -> {
        BigDecimal q = exponential(z.multiply(TWO));
        BigDecimal sum = plus(ONE, q);
        yield over(q.multiply(BigDecimal.valueOf(4)), times(sum, sum));
      }
      case RELU -> z.signum() > 0 ? ONE : BigDecimal.ZERO;
      case LEAKY_RELU -> z.signum() > 0 ? ONE : of(Activation.LEAK);
      case SOFTPLUS -> sigmoid(z);
      case SOFTMAX -> throw new IllegalArgumentException("softmax is of a layer, not of a unit");
    };
  }

  @Override
  public List<BigDecimal> softmax(List<BigDecimal> z) {
    BigDecimal most = z.stream().max(BigDecimal::compareTo).orElseThrow();
    List<BigDecimal> powers = z.stream().map(each -> exponential(minus(each, most))).toList();
    BigDecimal sum = sum(powers);
    return powers.stream().map(power -> over(power, sum)).toList();
  }

  private BigDecimal sigmoid(BigDecimal z) {
    BigDecimal q = exponential(z);
    BigDecimal near = over(ONE, plus(ONE, q));
    return z.signum() >= 0 ? near : times(q, near);
  }

  /** (1−q)/(1+q) of q = e^−2|z|; near 0, where 1−q cancels, the series z − z³/3. */
  private BigDecimal tanh(BigDecimal z) {
    int lost = z.scale() - z.precision();
    if (lost > digits.getPrecision() / 2) {
      return minus(z, over(times(z, times(z, z)), 3));
    }
    MathContext more = new MathContext(digits.getPrecision() + Math.max(0, lost) + 2);
    BigDecimal q = exponential(z.abs().multiply(TWO).negate(), more);
    BigDecimal tanh = ONE.subtract(q, more).divide(ONE.add(q, more), digits);
    return z.signum() < 0 ? tanh.negate() : tanh;
  }

  /** ln(1 + q) for q from 0 to 1; of a tiny q the series q − q²/2. */
  private BigDecimal logOfOnePlus(BigDecimal q) {
    int lost = q.signum() == 0 ? 0 : q.scale() - q.precision();
    if (q.signum() == 0 || lost > digits.getPrecision() / 2) {
      return minus(q, over(times(q, q), 2));
    }
    MathContext more = new MathContext(digits.getPrecision() + Math.max(0, lost) + 2);
    return BigDecimalMath.log(ONE.add(q, more), more).round(digits);
  }

  /** e^−|z|. */
  private BigDecimal exponential(BigDecimal z) {
    return exponentials.computeIfAbsent(
        z.abs().negate(), exponent -> exponential(exponent, digits));
  }

  private static BigDecimal exponential(BigDecimal z, MathContext digits) {
    if (z.abs().compareTo(VANISHES) > 0) {
      return BigDecimal.ZERO;
    }
    // A double has up to 1,074 digits; an error of 10^−(p+10) in z is one of 10^−(p+10) in e^z.
    BigDecimal rounded = z.setScale(digits.getPrecision() + 10, RoundingMode.HALF_EVEN);
    return BigDecimalMath.exp(rounded.stripTrailingZeros(), digits);
  }

  /** Terms that are alike are computed once and multiplied with their number. */
  @Override
  public BigDecimal batchSum(int[][] chunks, int[] alike, IntFunction<BigDecimal> term) {
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    for (int[] chunk : chunks) {
      for (int sample : chunk) {
        counts.merge(alike[sample], 1, Integer::sum);
      }
    }
    List<BigDecimal> terms = new ArrayList<>(counts.size());
    counts.forEach(
        (sample, count) ->
            terms.add(
                count == 1
                    ? term.apply(sample)
                    : times(term.apply(sample), BigDecimal.valueOf(count))));
    return terms.isEmpty() ? BigDecimal.ZERO : sum(terms);
  }
}
