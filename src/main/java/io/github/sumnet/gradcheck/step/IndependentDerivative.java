package io.github.sumnet.gradcheck.step;

import ch.obermuhlner.math.big.BigDecimalMath;
import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Weights;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The derivatives of the mean loss by central differences of its forward pass, in so many digits
 * that neither the step's length nor the cancellation matters. It knows nothing of backpropagation
 * and shares no code with it: it confirms the truth itself.
 *
 * <p>With D digits and a step of h = 10^(−D/3) the difference is off by h²/6·L‴, relatively about
 * 10^(−2D/3), and by 10^(−D)/h = 10^(−2D/3) of the loss through cancellation. So D is chosen such
 * that 10^(−2D/3) stays {@value #DIGITS_BEYOND} digits below the smallest derivative.
 */
final class IndependentDerivative {
  private static final int DIGITS_BEYOND = 60;
  private static final int MOST_DIGITS = 600;
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
    List<BigDecimal> point = new ArrayList<>();
    for (double weight : weights.toArray()) {
      point.add(new BigDecimal(weight));
    }
    BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(-digits.getPrecision() / 3);
    List<BigDecimal> sums = new ArrayList<>(Collections.nCopies(point.size(), BigDecimal.ZERO));
    int samples = 0;
    for (Batch chunk : chunks) {
      for (int i = 0; i < chunk.size(); i++) {
        Sample sample = new Sample(point, chunk.x1(i), chunk.x2(i), chunk.y(i));
        for (int k = 0; k < point.size(); k++) {
          BigDecimal above = sample.loss(k, step);
          BigDecimal below = sample.loss(k, step.negate());
          sums.set(k, sums.get(k).add(above.subtract(below)));
        }
        samples++;
      }
    }
    BigDecimal width = step.multiply(BigDecimal.valueOf(2L * samples));
    return sums.stream().map(sum -> sum.divide(width, digits)).toList();
  }

  /** One sample's loss as a function of one weight. */
  private final class Sample {
    private final List<BigDecimal> weights;
    private final List<BigDecimal> inputs;
    private final BigDecimal target;
    private final List<BigDecimal> activations = new ArrayList<>();

    Sample(List<BigDecimal> weights, double x1, double x2, double y) {
      this.weights = weights;
      inputs = List.of(new BigDecimal(x1), new BigDecimal(x2));
      target = new BigDecimal(y);
      for (int j = 0; j < hidden(); j++) {
        activations.add(sigmoid(weightedInput(j)));
      }
    }

    /** The loss with weight k changed: of the hidden units only the one behind it feels that. */
    BigDecimal loss(int k, BigDecimal change) {
      BigDecimal zo = BigDecimal.ZERO;
      for (int j = 0; j < hidden(); j++) {
        BigDecimal a = activations.get(j);
        if (k % hidden() == j && k < 2 * hidden()) {
          BigDecimal input = inputs.get(k / hidden());
          a = sigmoid(weightedInput(j).add(change.multiply(input)));
        }
        BigDecimal output = weights.get(2 * hidden() + j);
        zo = zo.add(a.multiply(k == 2 * hidden() + j ? output.add(change) : output), digits);
      }
      BigDecimal residual = sigmoid(zo).subtract(target);
      return residual.multiply(residual, digits).multiply(HALF);
    }

    private BigDecimal weightedInput(int j) {
      return weights
          .get(j)
          .multiply(inputs.get(0))
          .add(weights.get(hidden() + j).multiply(inputs.get(1)));
    }

    private int hidden() {
      return weights.size() / 3;
    }
  }

  private BigDecimal sigmoid(BigDecimal z) {
    BigDecimal rounded = z.negate().setScale(digits.getPrecision() + 10, RoundingMode.HALF_EVEN);
    return BigDecimal.ONE.divide(BigDecimal.ONE.add(BigDecimalMath.exp(rounded, digits)), digits);
  }
}
