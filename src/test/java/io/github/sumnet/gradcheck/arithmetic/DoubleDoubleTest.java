package io.github.sumnet.gradcheck.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DoubleDoubleTest {
  @Property
  void a_distance_is_that_of_decimal_arithmetic(
      @ForAll BigInteger digits, @ForAll @IntRange(min = -250, max = 320) int scale) {
    BigDecimal exact = new BigDecimal(digits, scale);
    double computed = Math.nextUp(exact.doubleValue());
    double distance = new BigDecimal(computed).subtract(exact).abs().doubleValue();

    double near = DoubleDouble.of(exact).distance(computed);

    assertThat(Math.abs(near - distance)).isLessThanOrEqualTo(1e-12 * distance + Double.MIN_VALUE);
  }

  @Property
  void a_number_becomes_a_double_to_some_15_digits(
      @ForAll BigInteger digits, @ForAll @IntRange(min = -250, max = 300) int scale) {
    BigDecimal exact = new BigDecimal(digits, scale);
    double correct = exact.doubleValue();
    assertThat(Math.abs(DoubleDouble.toDouble(exact) - correct))
        .isLessThanOrEqualTo(8 * Math.ulp(correct));
  }

  @Test
  void what_is_not_finite_is_at_no_finite_distance() {
    DoubleDouble one = DoubleDouble.of(BigDecimal.ONE);
    assertThat(one.distance(Double.NaN)).isNaN();
    assertThat(one.distance(Double.NEGATIVE_INFINITY)).isInfinite();
  }
}
