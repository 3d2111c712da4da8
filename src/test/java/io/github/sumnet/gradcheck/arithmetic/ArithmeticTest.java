package io.github.sumnet.gradcheck.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import ch.obermuhlner.math.big.BigDecimalMath;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.Precision;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/**
 * The three arithmetics against one another: a rounded result is within its bound of the exact one,
 * and the bound is no larger than a few roundings.
 */
class ArithmeticTest {
  private static final MathContext DIGITS = new MathContext(200);

  private final ExactArithmetic exact = new ExactArithmetic();

  private static BoundedArithmetic model(Precision precision) {
    return new BoundedArithmetic(precision, BoundedArithmetic.CPU_EXP_ULPS);
  }

  /** One computation in each of the arithmetics. */
  private interface Computation {
    <T> T in(Arithmetic<T> math, Function<Double, T> number);
  }

  /**
   * Checks a computation of given numbers.
   *
   * @param scale of what the bound may be so many unit roundoffs
   */
  private void check(Precision precision, Computation computation, double units, double scale) {
    RoundedArithmetic rounded = new RoundedArithmetic(precision);
    BoundedArithmetic bounded = model(precision);
    BigDecimal truth = computation.in(exact, exact::of);
    double computed = computation.in(rounded, rounded::of);
    double bound = computation.in(bounded, bounded::of).error() * BoundedArithmetic.SLACK;
    double error = DoubleDouble.of(truth).distance(computed);
    double ofExact = Math.abs(truth.doubleValue()) * 1e-48;
    assertThat(error).isLessThanOrEqualTo(bound + ofExact);
    assertThat(bound)
        .isLessThanOrEqualTo(
            units * precision.unitRoundoff() * scale * 1.0001 + 16 * precision.smallestSubnormal());
  }

  @Property(seed = "4711")
  void one_operation_costs_one_rounding(
      @ForAll Precision precision,
      @ForAll @DoubleRange(min = -1000, max = 1000) double first,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double second) {
    double x = precision.round(first);
    double y = precision.round(second);
    check(precision, of(Arithmetic::plus, x, y), 1, Math.abs(x + y));
    check(precision, of(Arithmetic::plus, x, -y), 1, Math.abs(x - y));
    check(precision, of(Arithmetic::minus, x, y), 1, Math.abs(x - y));
    check(precision, of(Arithmetic::times, x, y), 1, Math.abs(x * y));
    check(precision, of(Arithmetic::times, x, 4), 0, 1);
    check(precision, of(Arithmetic::over, x, y), 1, Math.abs(x / y));
    check(precision, share(x, 3), 1, Math.abs(x / 3));
    check(precision, logarithm(y), 2, Math.abs(Math.log(y)));
  }

  /** An operation of two numbers, such as {@code Arithmetic::plus}. */
  private interface Operation {
    <T> T of(Arithmetic<T> math, T x, T y);
  }

  private static Computation of(Operation operation, double x, double y) {
    return new Computation() {
      @Override
      public <T> T in(Arithmetic<T> math, Function<Double, T> number) {
        return operation.of(math, number.apply(x), number.apply(y));
      }
    };
  }

  private static Computation share(double x, double n) {
    return new Computation() {
      @Override
      public <T> T in(Arithmetic<T> math, Function<Double, T> number) {
        return math.over(number.apply(x), n);
      }
    };
  }

  private static Computation logarithm(double x) {
    return new Computation() {
      @Override
      public <T> T in(Arithmetic<T> math, Function<Double, T> number) {
        return math.log(number.apply(x));
      }
    };
  }

  @Property(seed = "4711")
  void an_activation_and_its_slope_cost_a_few_roundings(
      @ForAll Precision precision, @ForAll @DoubleRange(min = -30, max = 30) double input) {
    double z = precision.round(input);
    for (Activation function : units()) {
      if (function.hasKink() && z == 0) {
        continue;
      }
      double largest = Math.max(1, Math.abs(z));
      check(precision, activation(function, z), 8, largest);
      check(precision, slope(function, z), 12, 1);
    }
  }

  /** The activations of a unit by itself. */
  private static List<Activation> units() {
    return Arrays.stream(Activation.values()).filter(each -> each != Activation.SOFTMAX).toList();
  }

  private static Computation activation(Activation function, double z) {
    return new Computation() {
      @Override
      public <T> T in(Arithmetic<T> math, Function<Double, T> number) {
        return math.activation(function, number.apply(z));
      }
    };
  }

  private static Computation slope(Activation function, double z) {
    return new Computation() {
      @Override
      public <T> T in(Arithmetic<T> math, Function<Double, T> number) {
        T weighted = number.apply(z);
        return math.slope(function, weighted, math.activation(function, weighted));
      }
    };
  }

  @Property(seed = "4711")
  void a_softmax_costs_a_few_roundings_and_the_shares_of_its_exponents(
      @ForAll Precision precision,
      @ForAll @IntRange(min = 1, max = 6) int units,
      @ForAll long seed) {
    Random random = new Random(seed);
    double[] z = random.doubles(units, -10, 10).map(precision::round).toArray();
    for (int j = 0; j < units; j++) {
      int unit = j;
      double share = exact.softmax(numbers(exact, z)).get(j).doubleValue();
      check(
          precision,
          new Computation() {
            @Override
            public <T> T in(Arithmetic<T> math, Function<Double, T> number) {
              return math.softmax(numbers(math, z)).get(unit);
            }
          },
          60,
          share + Float.MIN_NORMAL / precision.unitRoundoff());
    }
    assertThat(exact.softmax(numbers(exact, z)).stream().reduce(BigDecimal::add).orElseThrow())
        .usingComparator((x, y) -> x.subtract(y).abs().doubleValue() < 1e-45 ? 0 : 1)
        .isEqualTo(BigDecimal.ONE);
  }

  private static <T> List<T> numbers(Arithmetic<T> math, double... values) {
    return Arrays.stream(values).mapToObj(math::of).toList();
  }

  /** n terms in chunks go through the longest chunk's additions and the levels of the tree. */
  @Property(seed = "4711")
  void a_sum_over_a_batch_costs_the_roundings_of_its_longest_chunk_and_of_the_tree(
      @ForAll Precision precision,
      @ForAll @IntRange(min = 1, max = 9) int chunkCount,
      @ForAll @IntRange(min = 1, max = 9) int longest,
      @ForAll long seed) {
    Random random = new Random(seed);
    int[][] chunks = new int[chunkCount][];
    int total = 0;
    for (int c = 0; c < chunkCount; c++) {
      chunks[c] = IntStream.range(total, total + 1 + random.nextInt(longest)).toArray();
      total += chunks[c].length;
    }
    double[] x = random.doubles(total, -2, 2).map(precision::round).toArray();
    double[] y = random.doubles(total, -2, 2).map(precision::round).toArray();
    // Some samples are like the one before them.
    int[] alike = IntStream.range(0, total).toArray();
    for (int i = 1; i < total; i += 3) {
      x[i] = x[i - 1];
      y[i] = y[i - 1];
      alike[i] = alike[i - 1];
    }
    double terms = Arrays.stream(x).map(Math::abs).sum();
    double products = IntStream.range(0, total).mapToDouble(i -> Math.abs(x[i] * y[i])).sum();
    int longestChunk = Arrays.stream(chunks).mapToInt(chunk -> chunk.length).max().orElseThrow();
    int levels = 32 - Integer.numberOfLeadingZeros(chunkCount - 1);
    double underflows = 4.0 * total * Float.MIN_VALUE / precision.unitRoundoff();
    check(
        precision,
        new Computation() {
          @Override
          public <T> T in(Arithmetic<T> math, Function<Double, T> number) {
            return math.batchSum(chunks, alike, i -> number.apply(x[i]));
          }
        },
        longestChunk + levels,
        terms + underflows);
    check(
        precision,
        new Computation() {
          @Override
          public <T> T in(Arithmetic<T> math, Function<Double, T> number) {
            return math.batchSum(chunks, alike, i -> number.apply(x[i]), i -> number.apply(y[i]));
          }
        },
        longestChunk + levels,
        products + underflows);
    check(
        precision,
        new Computation() {
          @Override
          public <T> T in(Arithmetic<T> math, Function<Double, T> number) {
            return math.lossSum(chunks, alike, i -> number.apply(x[i]));
          }
        },
        longestChunk - 1 + levels + 2,
        terms + underflows);
    check(
        precision,
        new Computation() {
          @Override
          public <T> T in(Arithmetic<T> math, Function<Double, T> number) {
            return math.dot(
                Arrays.stream(x).boxed().map(number).toList(),
                Arrays.stream(y).boxed().map(number).toList(),
                number.apply(0.5));
          }
        },
        x.length + 1,
        products + 0.5 + underflows);
  }

  /** Half units in the last place are lost one by one, but not two together. */
  @Example
  void chunks_are_added_along_a_binary_tree() {
    double half = 0x1p-53;
    double[] terms = {1, half, half, half, half};
    int[][] chunks = {{0}, {1}, {2}, {3}, {4}};
    RoundedArithmetic doubles = new RoundedArithmetic(Precision.DOUBLE);
    int[] alike = {0, 1, 2, 3, 4};
    assertThat(doubles.batchSum(chunks, alike, i -> terms[i])).isEqualTo(1 + 0x1p-51);
    int[][] one = {{0, 1, 2, 3, 4}};
    assertThat(doubles.batchSum(one, alike, i -> terms[i])).isEqualTo(1);
  }

  @Example
  void a_probability_near_0_or_1_may_have_been_clipped() {
    BoundedArithmetic bounded = model(Precision.FLOAT);
    Approximation inside = new Approximation(0.3, 0.1);
    assertThat(bounded.probability(inside, 0.1)).isEqualTo(inside);
    assertThat(bounded.probability(inside, 0.25).error()).isInfinite();
    assertThat(bounded.probability(new Approximation(0.7, 0.1), 0.25).error()).isInfinite();
    RoundedArithmetic floats = new RoundedArithmetic(Precision.FLOAT);
    assertThat(floats.probability(1e-12, 0.1)).isEqualTo(1e-12);
  }

  @Example
  void what_is_kept_as_a_float_loses_the_digits_beyond_it() {
    double third = 1.0 / 3;
    assertThat(new RoundedArithmetic(Precision.DOUBLE).toFloat(third)).isEqualTo((float) third);
    assertThat(exact.toFloat(exact.of(third)).doubleValue()).isEqualTo((float) third);
    assertThat(model(Precision.DOUBLE).toFloat(Approximation.exact(third)).error())
        .isBetween(Math.abs((float) third - third), 1.01 * 0x1p-24 * third + 1e-40);
  }

  /** The same functions by their definitions, with so many digits that nothing cancels. */
  @Property(seed = "4711")
  void exact_activations_are_right_to_45_digits_however_small_or_large_z_is(
      @ForAll @IntRange(min = -60, max = 1) int exponent,
      @ForAll @IntRange(min = 100, max = 999) int digits,
      @ForAll boolean negative) {
    BigDecimal size = BigDecimal.valueOf(digits, 2).scaleByPowerOfTen(exponent);
    BigDecimal z = negative ? size.negate() : size;
    BigDecimal up = BigDecimalMath.exp(z, DIGITS);
    BigDecimal down = BigDecimal.ONE.divide(up, DIGITS);
    BigDecimal one = BigDecimal.ONE;
    BigDecimal sigmoid = one.divide(one.add(down), DIGITS);
    BigDecimal tanh = up.subtract(down, DIGITS).divide(up.add(down), DIGITS);
    BigDecimal softplus = BigDecimalMath.log(one.add(up), DIGITS);
    assertAgree(exact.activation(Activation.SIGMOID, z), sigmoid);
    assertAgree(exact.activation(Activation.TANH, z), tanh);
    assertAgree(exact.activation(Activation.SOFTPLUS, z), softplus);
    assertAgree(
        exact.slope(Activation.SIGMOID, z, sigmoid.round(new MathContext(50))),
        sigmoid.multiply(one.subtract(sigmoid), DIGITS));
    assertAgree(exact.slope(Activation.TANH, z, tanh), one.subtract(tanh.multiply(tanh, DIGITS)));
    assertAgree(exact.slope(Activation.SOFTPLUS, z, softplus), sigmoid);
  }

  @Example
  void far_out_the_exact_exponential_is_0_and_near_there_it_is_not() {
    assertThat(exact.activation(Activation.SIGMOID, exact.of(-9999)).signum()).isEqualTo(1);
    assertThat(exact.activation(Activation.SIGMOID, exact.of(-10_001)).signum()).isZero();
    assertThat(exact.activation(Activation.SOFTPLUS, exact.of(-10_001)).signum()).isZero();
    assertThat(exact.activation(Activation.SOFTPLUS, exact.of(10_001)))
        .isEqualByComparingTo("10001");
    BigDecimal small = exact.activation(Activation.SOFTPLUS, exact.of(-200));
    assertAgree(small, BigDecimalMath.exp(BigDecimal.valueOf(-200), DIGITS));
  }

  @Example
  void rectifiers_are_exact_on_both_sides() {
    List<Arithmetic<?>> arithmetics = new ArrayList<>();
    arithmetics.add(exact);
    arithmetics.add(new RoundedArithmetic(Precision.DOUBLE));
    arithmetics.add(model(Precision.DOUBLE));
    for (Arithmetic<?> math : arithmetics) {
      assertThat(activation(math, Activation.RELU, -2)).isZero();
      assertThat(activation(math, Activation.RELU, 2)).isEqualTo(2);
      assertThat(activation(math, Activation.LEAKY_RELU, -2)).isEqualTo(-2 * Activation.LEAK);
      assertThat(activation(math, Activation.LEAKY_RELU, 2)).isEqualTo(2);
      assertThat(activation(math, Activation.IDENTITY, -2)).isEqualTo(-2);
      assertThat(slope(math, Activation.RELU, -2)).isZero();
      assertThat(slope(math, Activation.RELU, 2)).isOne();
      assertThat(slope(math, Activation.LEAKY_RELU, -2)).isEqualTo(Activation.LEAK);
      assertThat(slope(math, Activation.LEAKY_RELU, 2)).isOne();
      assertThat(slope(math, Activation.IDENTITY, -2)).isOne();
    }
  }

  private static <T> double activation(Arithmetic<T> math, Activation function, double z) {
    return math.toDouble(math.activation(function, math.of(z)));
  }

  private static <T> double slope(Arithmetic<T> math, Activation function, double z) {
    return math.toDouble(slope(function, z).in(math, math::of));
  }

  /** At a kink nothing can be said, and of what may be infinite neither. */
  @Example
  void a_slope_within_the_error_of_a_kink_is_unknown() {
    BoundedArithmetic bounded = model(Precision.DOUBLE);
    Approximation near = new Approximation(0.1, 0.1);
    Approximation away = new Approximation(0.1, 0.09);
    for (Activation kinked : List.of(Activation.RELU, Activation.LEAKY_RELU)) {
      assertThat(bounded.slope(kinked, near, near).error()).isInfinite();
      assertThat(bounded.slope(kinked, away, away)).isEqualTo(Approximation.exact(1));
    }
    Approximation infinite = new Approximation(1, Double.POSITIVE_INFINITY);
    for (Activation function : units()) {
      assertThat(bounded.activation(function, infinite).error()).isInfinite();
      assertThat(bounded.slope(function, infinite, infinite).error()).isInfinite();
    }
  }

  /** What is computed of any number within the error of z is within the bound of z's own. */
  @Property(seed = "4711")
  void an_error_in_z_is_covered(
      @ForAll Precision precision,
      @ForAll @DoubleRange(min = -30, max = 30) double input,
      @ForAll @DoubleRange(min = -1, max = 1) double place,
      @ForAll @IntRange(min = -20, max = 1) int size) {
    double error = Math.scalb(1.0, size);
    double z = precision.round(input);
    double seen = precision.round(z + 0.99 * place * error);
    RoundedArithmetic rounded = new RoundedArithmetic(precision);
    BoundedArithmetic bounded = model(precision);
    for (Activation function : units()) {
      Approximation known = bounded.activation(function, new Approximation(z, error));
      BigDecimal truth = exact.activation(function, exact.of(z));
      double computed = rounded.activation(function, seen);
      assertThat(DoubleDouble.of(truth).distance(computed))
          .as("%s of %s, seen as %s", function, z, seen)
          .isLessThanOrEqualTo(known.error() * BoundedArithmetic.SLACK);
      Approximation slope =
          bounded.slope(function, new Approximation(z, error), known.at(truth.doubleValue()));
      BigDecimal exactSlope = exact.slope(function, exact.of(z), truth);
      assertThat(DoubleDouble.of(exactSlope).distance(rounded.slope(function, seen, computed)))
          .as("slope of %s at %s, seen as %s", function, z, seen)
          .isLessThanOrEqualTo(slope.error() * BoundedArithmetic.SLACK);
    }
  }

  private static void assertAgree(BigDecimal found, BigDecimal expected) {
    assertThat(found.subtract(expected).abs())
        .isLessThanOrEqualTo(expected.abs().scaleByPowerOfTen(-45));
  }
}
