package io.github.sumnet.gradcheck;

import ch.obermuhlner.math.big.BigDecimalMath;
import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Weights;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The derivatives of the mean loss by central differences of its forward pass, in so many digits
 * that neither the step's length nor the cancellation matters. It knows nothing of backpropagation
 * and shares no code with it: a witness for the truth itself.
 *
 * <p>With D digits and a step of h = 10^(−D/3) the difference is off by h²/6·L‴, relatively about
 * 10^(−2D/3), and by 10^(−D)/h = 10^(−2D/3) of the loss through cancellation. So D is chosen such
 * that 10^(−2D/3) stays {@value #DIGITS_BEYOND} digits below the smallest derivative.
 */
final class IndependentDerivative {
  private static final int DIGITS_BEYOND = 60;
  private static final int MOST_DIGITS = 1_000;
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final MathContext digits;
  private final List<Batch> chunks;

  private IndependentDerivative(MathContext digits, List<Batch> chunks) {
    this.digits = digits;
    this.chunks = chunks;
  }

  /**
   * The derivatives by every weight, in the order of the names.
   *
   * @param truth what tells how small the derivatives are, and nothing else
   * @return empty if they are so small that it would take too long
   */
  static Optional<List<BigDecimal>> of(Weights weights, List<Batch> chunks, ExpectedStep truth) {
    int smallest = 0;
    for (BigDecimal derivative : truth.at(Stage.MEAN)) {
      if (derivative.signum() != 0) {
        smallest = Math.max(smallest, derivative.scale() - derivative.precision());
      }
    }
    int needed = (DIGITS_BEYOND + smallest) * 3 / 2;
    if (needed > MOST_DIGITS || !isModest(weights, chunks)) {
      return Optional.empty();
    }
    return Optional.of(new IndependentDerivative(new MathContext(needed), chunks).at(weights));
  }

  /** Whether the loss changes on the scale of 1: far larger inputs would need a shorter step. */
  private static boolean isModest(Weights weights, List<Batch> chunks) {
    double most = 0;
    for (double weight : weights.toArray()) {
      most = Math.max(most, Math.abs(weight));
    }
    for (Batch chunk : chunks) {
      for (int i = 0; i < chunk.size(); i++) {
        most = Math.max(most, Math.max(Math.abs(chunk.x1(i)), Math.abs(chunk.x2(i))));
        most = Math.max(most, Math.abs(chunk.y(i)));
      }
    }
    return most <= 1e4;
  }

  private List<BigDecimal> at(Weights weights) {
    BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(-digits.getPrecision() / 3);
    List<BigDecimal> point = new ArrayList<>();
    for (double weight : weights.toArray()) {
      point.add(new BigDecimal(weight));
    }
    List<BigDecimal> derivatives = new ArrayList<>();
    for (int k = 0; k < point.size(); k++) {
      BigDecimal weight = point.get(k);
      point.set(k, weight.add(step));
      BigDecimal above = meanLoss(point);
      point.set(k, weight.subtract(step));
      BigDecimal below = meanLoss(point);
      point.set(k, weight);
      derivatives.add(above.subtract(below).divide(step.multiply(BigDecimal.valueOf(2)), digits));
    }
    return derivatives;
  }

  private BigDecimal meanLoss(List<BigDecimal> w) {
    int hidden = w.size() / 3;
    BigDecimal sum = BigDecimal.ZERO;
    int samples = 0;
    for (Batch chunk : chunks) {
      for (int i = 0; i < chunk.size(); i++) {
        BigDecimal x1 = new BigDecimal(chunk.x1(i));
        BigDecimal x2 = new BigDecimal(chunk.x2(i));
        BigDecimal zo = BigDecimal.ZERO;
        for (int j = 0; j < hidden; j++) {
          BigDecimal z = w.get(j).multiply(x1).add(w.get(hidden + j).multiply(x2));
          zo = zo.add(sigmoid(z).multiply(w.get(2 * hidden + j)), digits);
        }
        BigDecimal residual = sigmoid(zo).subtract(new BigDecimal(chunk.y(i)));
        sum = sum.add(residual.multiply(residual, digits).multiply(HALF), digits);
        samples++;
      }
    }
    return sum.divide(BigDecimal.valueOf(samples), digits);
  }

  private BigDecimal sigmoid(BigDecimal z) {
    BigDecimal rounded = z.negate().setScale(digits.getPrecision() + 10, RoundingMode.HALF_EVEN);
    return BigDecimal.ONE.divide(BigDecimal.ONE.add(BigDecimalMath.exp(rounded, digits)), digits);
  }
}
