package io.github.sumnet.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A published figure that is not the exact value rounded to as many decimals as it prints.
 *
 * @param rounded what it should have been
 * @param difference published − exact, to two digits
 */
public record Misprint(BigDecimal rounded, BigDecimal difference) {
  private static final MathContext TWO_DIGITS = new MathContext(2);

  /** Compares a published figure with the exact value; empty if it is right. */
  public static Optional<Misprint> of(String published, BigDecimal exact) {
    BigDecimal figure = new BigDecimal(published);
    BigDecimal rounded = exact.setScale(figure.scale(), RoundingMode.HALF_UP);
    return rounded.compareTo(figure) == 0
        ? Optional.empty()
        : Optional.of(new Misprint(rounded, figure.subtract(exact).round(TWO_DIGITS)));
  }
}
