package io.github.sumnet.gradcheck.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.RoundedDesign;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Seen;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedArithmeticTest {
  private static final double ETA = Precision.DOUBLE.smallestSubnormal();
  private final BoundedArithmetic model = new BoundedArithmetic(Precision.DOUBLE, 1);

  @Test
  void nothing_is_said_of_zero_times_what_may_be_infinite() {
    Approximation overflowed = new Approximation(1, Double.POSITIVE_INFINITY);
    assertThat(model.times(Approximation.exact(0), overflowed).error()).isInfinite();
    assertThat(model.times(overflowed, Approximation.exact(0)).error()).isInfinite();
    assertThat(BoundedArithmetic.inherited(Approximation.exact(0), overflowed)).isInfinite();
    assertThat(model.times(Approximation.exact(0), Approximation.exact(9)).error()).isZero();
  }

  /** z = ∞ − ∞ is not a number, nor is that times a weight of 0 or an input of 0. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void a_weighted_input_that_is_not_a_number_is_no_failure_of_what_comes_of_it(double outputWeight)
      throws InterruptedException {
    double largest = Float.MAX_VALUE;
    Design design =
        design(
            Precision.FLOAT,
            new double[] {8, -8, outputWeight},
            new double[][] {{largest, largest, 0.5}, {0, 1, 0.25}});
    Subject correct = new RoundedSubject(design.network(), Precision.FLOAT);
    Judge judge = new Judge(Precision.FLOAT, Device.CPU);
    assertThat(judge.judge(design, correct).firstWrong()).isEmpty();
  }

  /** δ·σ′ underflows and what is lost grows with wh; Σδ·σ′·x is multiplied with wh at the end. */
  @ParameterizedTest
  @ValueSource(doubles = {20, 100, -3000})
  void a_hidden_delta_may_be_multiplied_in_any_order(double outputWeight)
      throws InterruptedException {
    double[][] samples = new double[200][];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = new double[] {-87.5 - i / 200.0, 0, 0.5 + (1 + i) * 1e-4};
    }
    Design design = design(Precision.FLOAT, new double[] {1, 0, outputWeight}, samples);
    Judge judge = new Judge(Precision.FLOAT, Device.CPU);
    assertThat(judge.judge(design, new WeightLast(Precision.FLOAT)).firstWrong()).isEmpty();
  }

  /** What δ·σ′·x loses to an underflow is multiplied with wh as well. */
  @ParameterizedTest
  @ValueSource(doubles = {20, 100, -3000})
  void a_sum_of_tiny_terms_may_be_multiplied_at_the_end(double outputWeight)
      throws InterruptedException {
    double[][] samples = new double[40][];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = new double[] {(3 + i) * 1e-44, 1, -3};
    }
    // An activation of 1/wh keeps the output where it has a slope.
    double[] weights = {0.5, -Math.log(Math.abs(outputWeight)), outputWeight};
    Design design = design(Precision.FLOAT, weights, samples);
    Judge judge = new Judge(Precision.FLOAT, Device.CPU);
    assertThat(judge.judge(design, new WeightLast(Precision.FLOAT)).firstWrong()).isEmpty();
  }

  @Tag("campaign")
  @Property(tries = 300)
  void a_factored_sum_stays_within_its_bounds(
      @ForAll Precision precision,
      @ForAll @IntRange(min = 1, max = 40) int samples,
      @ForAll @IntRange(min = -20, max = 10) int inputScale,
      @ForAll @IntRange(min = -10, max = 12) int outputScale,
      @ForAll long seed)
      throws InterruptedException {
    Random random = new Random(seed);
    double[] weights = {
      random.nextGaussian() * 8,
      random.nextGaussian(),
      Math.scalb(random.nextGaussian(), outputScale)
    };
    Design design = design(precision, weights, RoundedDesign.samples(samples, inputScale, random));
    Judge judge = new Judge(precision, Device.CPU);
    assertThat(judge.judge(design, new WeightLast(precision)).firstWrong()).isEmpty();
  }

  /** The bound's own products underflow as those of the computation do. */
  @Property(tries = 2000)
  void bounds_hold_where_they_underflow_themselves(@ForAll long seed) {
    Random random = new Random(seed);
    Approximation x = subnormal(random);
    Approximation y = new Approximation(random.nextGaussian(), random.nextDouble() * 0.5);
    double computedX = x.value() + (random.nextBoolean() ? x.error() : -x.error());
    double computedY = y.value() + (random.nextBoolean() ? y.error() : -y.error());
    BigDecimal exact = new BigDecimal(x.value()).multiply(new BigDecimal(y.value()));
    assertThat(inEtas(exact, computedX * computedY))
        .isLessThanOrEqualTo(model.times(x.at(x.value()), y).error() / ETA);
  }

  @Test
  void an_underflow_costs_a_result_four_and_a_term_three_smallest_numbers() {
    Approximation tiny = Approximation.exact(ETA);
    assertThat(model.times(tiny, Approximation.exact(0.5)).error()).isEqualTo(4 * ETA);
    assertThat(model.sum(Collections.nCopies(5, tiny)).error()).isEqualTo(15 * ETA);
  }

  private static Approximation subnormal(Random random) {
    return new Approximation((1 + random.nextInt(40)) * ETA, random.nextInt(4) * ETA);
  }

  private static double inEtas(BigDecimal exact, double computed) {
    return new BigDecimal(computed)
        .subtract(exact)
        .abs()
        .divide(new BigDecimal(ETA), MathContext.DECIMAL64)
        .doubleValue();
  }

  private static Design design(Precision precision, double[] weights, double[][] samples) {
    return RoundedDesign.of(new Topology(1), precision, weights, samples);
  }

  /** One hidden unit, whose output weight is multiplied with last: with δ·σ′, and with the sum. */
  private static final class WeightLast implements Subject {
    private final Precision precision;
    private Weights weights;

    WeightLast(Precision precision) {
      this.precision = precision;
    }

    @Override
    public void begin(double... start) {
      weights = Weights.of(new Topology(1), start);
    }

    @Override
    public Observation step(Samples samples) throws InterruptedException {
      Subject textbook = new RoundedSubject(DenseNetwork.of(weights.topology()), precision);
      textbook.begin(weights.toArray());
      Observation seen = textbook.step(samples);
      List<double[]> batch = samples.rows();
      int n = batch.size();
      double[] a = new double[n];
      double[] z = new double[n];
      double[] hidden = new double[n];
      double[] sums = new double[2];
      for (int i = 0; i < n; i++) {
        z[i] = seen.at(Stage.forward(1))[2 * i];
        a[i] = seen.at(Stage.forward(1))[2 * i + 1];
        double slope = r(a[i] * r(1 - a[i]));
        double product = r(seen.at(Stage.delta(2))[i] * slope);
        hidden[i] = r(product * weights.output(0));
        sums[0] = r(sums[0] + r(product * batch.get(i)[0]));
        sums[1] = r(sums[1] + r(product * batch.get(i)[1]));
      }
      Weights sum =
          Weights.of(
              weights.topology(),
              r(sums[0] * weights.output(0)),
              r(sums[1] * weights.output(0)),
              seen.at(Stage.gradient(2))[0]);
      Weights mean = sum.map(g -> r(g / n));
      double rate = r(Subject.LEARNING_RATE);
      double[] updated = weights.toArray();
      for (int k = 0; k < updated.length; k++) {
        updated[k] = r(updated[k] - r(rate * mean.toArray()[k]));
      }
      weights = Weights.of(weights.topology(), updated);
      return Seen.of(
          new Trace(
              z,
              a,
              every(seen.at(Stage.forward(2)), 0),
              every(seen.at(Stage.forward(2)), 1),
              seen.at(Stage.delta(2)),
              hidden),
          seen.at(Stage.LOSS)[0],
          sum,
          mean,
          weights);
    }

    private static double[] every(double[] pairs, int which) {
      return DoubleStream.iterate(which, i -> i < pairs.length, i -> i + 2)
          .map(i -> pairs[(int) i])
          .toArray();
    }

    private double r(double x) {
      return precision.round(x);
    }
  }
}
