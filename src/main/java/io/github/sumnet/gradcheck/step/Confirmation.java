package io.github.sumnet.gradcheck.step;

import java.math.BigDecimal;
import java.util.List;

/**
 * Confirms the truth: compares its mean gradient with the {@link IndependentDerivative}.
 *
 * @param derivatives by every weight in the order of the names; empty if they are out of reach
 * @param confirmed how many agree with the truth to {@value #AGREEING_DIGITS} digits
 * @param contradicted how many do not
 */
public record Confirmation(List<BigDecimal> derivatives, int confirmed, int contradicted) {
  private static final int AGREEING_DIGITS = 25;

  public static Confirmation of(Evidence evidence) {
    List<BigDecimal> derivatives =
        IndependentDerivative.of(evidence.before(), evidence.chunks(), evidence.truth())
            .orElse(List.of());
    BigDecimal[] truth = evidence.truth().at(Stage.MEAN);
    int confirmed = 0;
    for (int k = 0; k < derivatives.size(); k++) {
      confirmed += agree(derivatives.get(k), truth[k]) ? 1 : 0;
    }
    return new Confirmation(derivatives, confirmed, derivatives.size() - confirmed);
  }

  private static boolean agree(BigDecimal derivative, BigDecimal truth) {
    BigDecimal distance = derivative.subtract(truth).abs();
    BigDecimal allowed = truth.signum() == 0 ? BigDecimal.ONE : truth.abs();
    return distance.compareTo(allowed.scaleByPowerOfTen(-AGREEING_DIGITS)) <= 0;
  }
}
