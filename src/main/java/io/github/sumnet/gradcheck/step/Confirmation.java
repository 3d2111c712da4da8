package io.github.sumnet.gradcheck.step;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Confirms the truth: compares its mean gradient with the {@link IndependentDerivative}.
 *
 * @param derivatives by every parameter; empty if they are out of reach
 * @param confirmed how many agree with the truth to {@value #AGREEING_DIGITS} digits
 * @param contradicted how many do not
 */
public record Confirmation(List<BigDecimal> derivatives, int confirmed, int contradicted) {
  private static final int AGREEING_DIGITS = 25;

  public static Confirmation of(Evidence evidence) {
    List<BigDecimal> derivatives =
        IndependentDerivative.of(evidence.before(), evidence.samples(), evidence.truth())
            .orElse(List.of());
    int contradicted = contradicted(derivatives, evidence.truth().at(Stage.MEAN));
    return new Confirmation(derivatives, derivatives.size() - contradicted, contradicted);
  }

  /** How many derivatives do not agree with the truth. */
  static int contradicted(List<BigDecimal> derivatives, List<BigDecimal> truth) {
    return (int)
        IntStream.range(0, derivatives.size())
            .filter(k -> !agree(derivatives.get(k), truth.get(k)))
            .count();
  }

  private static boolean agree(BigDecimal derivative, BigDecimal truth) {
    BigDecimal distance = derivative.subtract(truth).abs();
    BigDecimal allowed = truth.signum() == 0 ? BigDecimal.ONE : truth.abs();
    return distance.compareTo(allowed.scaleByPowerOfTen(-AGREEING_DIGITS)) <= 0;
  }
}
