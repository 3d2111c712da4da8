package io.github.sumnet.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One training step in decimal arithmetic that shares nothing with the code under test: the
 * exponential is a Taylor series, σ′ is σ − σ², and the digits that this cancels are there to
 * spare.
 */
final class IndependentStep {
  /** Inputs and weights within ±20 make z at most 800, and cancel 348 digits of 1 − σ(z). */
  private static final MathContext DIGITS = new MathContext(520);

  private static final BigDecimal TINY = BigDecimal.ONE.movePointLeft(540);
  private static final BigDecimal SMALL = new BigDecimal("0.001");
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private IndependentStep() {}

  /** The values by the names that they have in JSON: z1, gradient.w11. */
  static Map<String, BigDecimal> of(
      BigDecimal x1, BigDecimal x2, BigDecimal y, BigDecimal rate, List<BigDecimal> weights) {
    int hidden = weights.size() / 3;
    Map<String, BigDecimal> values = new LinkedHashMap<>();
    List<BigDecimal> activations = new ArrayList<>();
    BigDecimal zo = BigDecimal.ZERO;
    for (int j = 0; j < hidden; j++) {
      BigDecimal z = x1.multiply(weights.get(j)).add(x2.multiply(weights.get(hidden + j)));
      BigDecimal a = sigmoid(z);
      values.put("z" + (j + 1), z);
      values.put("a" + (j + 1), a);
      activations.add(a);
      zo = zo.add(a.multiply(weights.get(2 * hidden + j)));
    }
    BigDecimal prediction = sigmoid(zo);
    BigDecimal residual = prediction.subtract(y);
    BigDecimal deltaOutput = residual.multiply(slope(prediction));
    values.put("zo", zo);
    values.put("prediction", prediction);
    values.put("loss", residual.pow(2).divide(TWO, DIGITS));
    values.put("deltaOutput", deltaOutput);
    List<BigDecimal> gradient = new ArrayList<>();
    for (BigDecimal x : List.of(x1, x2)) {
      for (int j = 0; j < hidden; j++) {
        BigDecimal back = deltaOutput.multiply(weights.get(2 * hidden + j));
        BigDecimal delta = slope(activations.get(j)).multiply(back);
        values.put("deltaHidden" + (j + 1), delta);
        gradient.add(delta.multiply(x));
      }
    }
    activations.forEach(a -> gradient.add(a.multiply(deltaOutput)));
    for (int i = 0; i < gradient.size(); i++) {
      String name = "w" + "12h".charAt(i / hidden) + (i % hidden + 1);
      values.put("gradient." + name, gradient.get(i));
      values.put("updated." + name, weights.get(i).subtract(rate.multiply(gradient.get(i))));
    }
    return values;
  }

  private static BigDecimal sigmoid(BigDecimal z) {
    return BigDecimal.ONE.divide(BigDecimal.ONE.add(exponential(z.negate())), DIGITS);
  }

  private static BigDecimal slope(BigDecimal activation) {
    return activation.subtract(activation.pow(2));
  }

  /** e^x: halve x until it is small, sum the series, square as often as was halved. */
  private static BigDecimal exponential(BigDecimal x) {
    MathContext context = new MathContext(DIGITS.getPrecision() + 20, RoundingMode.HALF_EVEN);
    BigDecimal reduced = x;
    int halvings = 0;
    while (reduced.abs().compareTo(SMALL) > 0) {
      reduced = reduced.divide(TWO, context);
      halvings++;
    }
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int n = 1; term.abs().compareTo(TINY) > 0; n++) {
      term = term.multiply(reduced, context).divide(BigDecimal.valueOf(n), context);
      sum = sum.add(term, context);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, context);
    }
    return sum;
  }
}
