package io.github.sumnet.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The error that the validator's bounds are made of. */
class FusedExponentialTest {
  /** Every so many floats one is tried; 1 tries all 1.1 billion. */
  private static final int STRIDE = Integer.getInteger("sumnet.test.exp.stride", 97);

  private static final MathContext DIGITS = new MathContext(40);

  @Test
  void in_float_the_error_stays_within_its_bound_and_comes_near_to_it() {
    double worst = 0;
    int last = Float.floatToRawIntBits(FloatFormulas.LARGEST);
    for (int bits = 0; bits >= 0 && bits <= last; bits += STRIDE) {
      float m = Float.intBitsToFloat(bits);
      // Math.exp in double is off by 2^-52 at most.
      double exact = Math.exp(-(double) m);
      worst = Math.max(worst, Math.abs(FloatFormulas.exp(m) - exact) / exact);
    }
    double units = worst * 0x1p24;
    assertThat(units).isBetween(FloatFormulas.ERROR_IN_UNITS / 2, FloatFormulas.ERROR_IN_UNITS);
  }

  @Tag("campaign")
  @Test
  void in_double_the_error_stays_within_its_bound_and_comes_near_to_it() {
    double worst = 0;
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      double m =
          i % 2 == 0 ? random.nextDouble() * 2 : random.nextDouble() * DoubleFormulas.LARGEST;
      BigDecimal exact = BigDecimalMath.exp(new BigDecimal(-m), DIGITS);
      BigDecimal error =
          new BigDecimal(DoubleFormulas.exp(m)).subtract(exact).divide(exact, DIGITS);
      worst = Math.max(worst, Math.abs(error.doubleValue()));
    }
    double units = worst * 0x1p53;
    assertThat(units).isBetween(DoubleFormulas.ERROR_IN_UNITS / 2, DoubleFormulas.ERROR_IN_UNITS);
  }

  @Test
  void at_zero_it_is_one_and_beyond_the_largest_argument_it_stays_what_it_is_there() {
    assertThat(FloatFormulas.exp(0)).isEqualTo(1);
    assertThat(DoubleFormulas.exp(0)).isEqualTo(1);
    assertThat(FloatFormulas.exp(Float.POSITIVE_INFINITY))
        .isEqualTo(FloatFormulas.exp(FloatFormulas.LARGEST))
        .isPositive();
    assertThat(DoubleFormulas.exp(Double.POSITIVE_INFINITY))
        .isEqualTo(DoubleFormulas.exp(DoubleFormulas.LARGEST))
        .isPositive();
    assertThat(FloatFormulas.exp(Float.NaN)).isNaN();
    assertThat(DoubleFormulas.exp(Double.NaN)).isNaN();
  }
}
