package io.github.sumnet.explain;

import io.github.sumnet.gradcheck.arithmetic.ExactArithmetic;
import io.github.sumnet.gradcheck.step.TrainingStep;
import java.math.BigDecimal;
import java.util.List;

/**
 * The step in decimal arithmetic, every value right to {@link #DIGITS} digits. Cancellation loses
 * digits, so everything is computed again with twice as many until nothing changes any more.
 */
final class ExactValues {
  /** Significant digits that are right. */
  static final int DIGITS = 45;

  private static final BigDecimal RELATIVE_ERROR = BigDecimal.ONE.movePointLeft(DIGITS);

  /**
   * The most digits that are tried. Products of the five smallest doubles need fewer; what still
   * changes there is a sum that is exactly zero, such as 0.1a + 0.2a - 0.3a.
   */
  private static final int MOST_DIGITS = 3_200;

  private ExactValues() {}

  static Values<BigDecimal> of(Inputs in) {
    int digits = ExactArithmetic.DIGITS;
    Values<BigDecimal> coarse = with(digits, in);
    while (true) {
      digits *= 2;
      Values<BigDecimal> fine = with(digits, in);
      if (digits >= MOST_DIGITS || agree(in, coarse, fine)) {
        return fine;
      }
      coarse = fine;
    }
  }

  private static boolean agree(Inputs in, Values<BigDecimal> coarse, Values<BigDecimal> fine) {
    return Quantity.all(in.topology()).stream()
        .allMatch(quantity -> agree(coarse.get(quantity), fine.get(quantity)));
  }

  private static boolean agree(BigDecimal coarse, BigDecimal fine) {
    return coarse.subtract(fine).abs().compareTo(fine.abs().multiply(RELATIVE_ERROR)) <= 0;
  }

  private static Values<BigDecimal> with(int digits, Inputs in) {
    return Values.of(step(in, digits));
  }

  /** The step computed with so many digits. */
  static TrainingStep<BigDecimal> step(Inputs in, int digits) {
    return in.step(
            new ExactArithmetic(digits),
            in.weights(),
            List.of(in.x1(), in.x2(), in.target()),
            in.learningRate())
        .run();
  }
}
