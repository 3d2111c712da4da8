package io.github.sumnet.gradcheck.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.sumnet.engine.fused.FloatFormulas;
import io.github.sumnet.network.Precision;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Bounds for devices whose quotients may be off by 2.5 units in the last place. */
class FusedRoundingTest {
  private final BoundedArithmetic exact = new FusedRounding(Precision.FLOAT);
  private final BoundedArithmetic coarse = new FusedRounding(Precision.FLOAT, false, true);

  /** σ and σ′ as the kernel computes them, but for a quotient that is off by so many units. */
  private static double[] sigmoid(float z, double units) {
    float e = (float) Math.exp(-Math.abs(z));
    float sum = 1 + e;
    double quotient = 1 / (double) sum;
    float upper = (float) (quotient + units * Math.ulp((float) quotient));
    float lower = upper * e;
    return new double[] {z < 0 ? lower : upper, lower * upper};
  }

  @Property
  void they_cover_such_quotients(
      @ForAll @DoubleRange(min = -80, max = 80) double input,
      @ForAll @DoubleRange(min = -2, max = 2) double units) {
    float z = (float) input;
    double s = 1 / (1 + Math.exp(-(double) z));
    double slope = s / (1 + Math.exp(z));
    double[] computed = sigmoid(z, units);
    Approximation value = coarse.sigmoid(Approximation.exact(z), s, slope);
    Approximation derivative = coarse.sigmoidDerivative(Approximation.exact(z), value, slope);

    assertThat(Math.abs(computed[0] - s)).isLessThanOrEqualTo(value.error());
    assertThat(Math.abs(computed[1] - slope)).isLessThanOrEqualTo(derivative.error());
  }

  @Example
  void the_bounds_of_exact_quotients_would_not() {
    // Here a unit in the last place is largest against the number.
    float z = 0.001f;
    double s = 1 / (1 + Math.exp(-(double) z));
    double slope = s / (1 + Math.exp(z));
    double error = Math.abs(sigmoid(z, 2.5)[0] - s);

    assertThat(error).isGreaterThan(exact.sigmoid(Approximation.exact(z), s, slope).error());
    assertThat(error).isLessThan(coarse.sigmoid(Approximation.exact(z), s, slope).error());
  }

  @Property
  void without_a_floor_only_what_lies_beyond_the_largest_argument_has_another_bound(
      @ForAll @DoubleRange(min = -150, max = 150) double input) {
    Approximation z = Approximation.exact((float) input);
    double s = 1 / (1 + Math.exp(-z.value()));
    double slope = s / (1 + Math.exp(z.value()));
    Approximation value = exact.sigmoid(z, s, slope);
    Approximation withoutFloor = exact.withoutFloor().sigmoid(z, s, slope);

    assertThat(withoutFloor.error() < value.error()).isEqualTo(z.value() < -FloatFormulas.LARGEST);
    assertThat(exact.withoutFloor().sigmoidDerivative(z, value, slope).error())
        .isLessThanOrEqualTo(exact.sigmoidDerivative(z, value, slope).error());
  }

  /** Half of the exponential's error, since its share is a half there, and three roundings. */
  @Example
  void at_0_the_bounds_are_what_their_derivation_says() {
    double u = Precision.FLOAT.unitRoundoff();
    double exp = FloatFormulas.ERROR_IN_UNITS * u;
    Approximation value = exact.sigmoid(Approximation.exact(0), 0.5, 0.25);
    assertThat(value.error()).isCloseTo(0.5 * (0.5 * exp + 3 * u), withinPercentage(0.001));
    assertThat(exact.sigmoidDerivative(Approximation.exact(0), value, 0.25).error())
        .isCloseTo(0.25 * (exp * exp + 6 * u), withinPercentage(0.001));
    assertThat(coarse.sigmoid(Approximation.exact(0), 0.5, 0.25).error())
        .isCloseTo(0.5 * (0.5 * exp + 7 * u), withinPercentage(0.001));
  }

  /** What is computed of a number within the error of z is within the bound. */
  @Property
  void an_error_in_z_is_covered(
      @ForAll @DoubleRange(min = -80, max = 80) double input,
      @ForAll @DoubleRange(min = -1, max = 1) double place,
      @ForAll @IntRange(min = -20, max = 2) int size) {
    double error = Math.scalb(1.0, size);
    float z = (float) input;
    double s = 1 / (1 + Math.exp(-(double) z));
    double slope = s / (1 + Math.exp(z));
    double[] computed = sigmoid((float) (z + 0.99 * place * error), 0);
    Approximation known = new Approximation(z, error);
    Approximation value = exact.sigmoid(known, s, slope);

    assertThat(Math.abs(computed[0] - s)).isLessThanOrEqualTo(value.error());
    assertThat(Math.abs(computed[1] - slope))
        .isLessThanOrEqualTo(exact.sigmoidDerivative(known, value, slope).error());
  }

  @Example
  void a_mean_is_such_a_quotient() {
    Approximation sum = new Approximation(1, 0);
    assertThat(coarse.over(sum, 3).error()).isGreaterThan(4.9 * exact.over(sum, 3).error());
  }

  @Example
  void what_is_flushed_to_zero_counts() {
    BoundedArithmetic flushing = new FusedRounding(Precision.FLOAT, true, false);
    Approximation tiny = new Approximation(1e-20, 0);
    assertThat(flushing.times(tiny, tiny).error()).isGreaterThan(Float.MIN_NORMAL);
    assertThat(exact.times(tiny, tiny).error()).isLessThan(Float.MIN_NORMAL);
  }
}
