package io.github.sumnet.gradcheck.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.arithmetic.BoundedArithmetic;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Designs;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.design.RoundedDesign;
import io.github.sumnet.gradcheck.verdict.DesignResult;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.gradcheck.verdict.StageResult;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpectedStepBoundsTest {
  @Property(tries = 300)
  void a_correct_computation_stays_within_its_bounds_in_any_order(
      @ForAll Precision precision,
      @ForAll @IntRange(min = 1, max = 5) int hidden,
      @ForAll @IntRange(min = 1, max = 20) int samples,
      @ForAll @IntRange(min = -12, max = 12) int inputScale,
      @ForAll @IntRange(min = -10, max = 6) int weightScale,
      @ForAll long seed)
      throws InterruptedException {
    Random random = new Random(seed);
    Design design =
        design(new Topology(hidden), precision, samples, inputScale, weightScale, random);
    for (Subject correct :
        List.of(new RoundedSubject(design.network(), precision), new AnyOrder(precision, random))) {
      DesignResult result = new Judge(precision, Device.CPU).judge(design, correct);
      assertThat(result.firstWrong()).isEmpty();
    }
  }

  /** Each stage is bounded around the truth about those before it, not around what was rounded. */
  @Test
  void a_step_knows_the_truth_about_every_stage_that_was_bounded() {
    Topology topology = new Topology(2);
    double[] weights = {0.5, 0.25, 0.75, -1, 2, -0.5};
    Samples samples = Samples.of(new double[] {0.1, 0.2, 0.3}, new double[] {-0.5, 0.7, 0.9});
    ExpectedStep truth = ExpectedStep.of(DenseNetwork.of(topology), weights, samples, 1);
    TrainingStep<Approximation> step =
        TrainingStep.of(
            new BoundedArithmetic(Precision.FLOAT, 1), truth.network(), weights, samples, 1);
    truth.bounds(step);
    for (Stage stage : Stage.all(truth.network())) {
      for (int i = 0; i < truth.at(stage).size(); i++) {
        assertThat(step.at(stage).get(i).value()).isEqualTo(truth.inDoubleDouble(stage)[i].high());
      }
    }
  }

  /** 64 samples may go through 63 additions in one chunk, 64 chunks of one through 6. */
  @Test
  void over_chunks_the_bound_counts_the_levels_of_a_tree() {
    Topology topology = new Topology(1);
    double[] weights = {0.5, 0.25, 0.75};
    Samples chunks = new Samples(Collections.nCopies(64, List.of(new double[] {0.5, 0.25, 0.125})));
    BoundedArithmetic model = new BoundedArithmetic(Precision.DOUBLE, 1);
    ExpectedStep truth = ExpectedStep.of(DenseNetwork.of(topology), weights, chunks, 1);
    double inChunks = truth.bounds(model, weights, chunks, 1).get(Stage.gradient(2))[0];
    double inOne = truth.bounds(model, weights, chunks.joined(), 1).get(Stage.gradient(2))[0];

    double sum = truth.at(Stage.gradient(2)).get(0).doubleValue();
    assertThat(inOne - inChunks).isCloseTo((63 - 6) * 0x1p-53 * sum, withinPercentage(0.1));
  }

  /** Of sums in a line the last chunk alone is in few additions. */
  @Property(tries = 100)
  void a_correct_step_of_several_chunks_stays_within_them(
      @ForAll Precision precision,
      @ForAll @IntRange(min = 1, max = 3) int hidden,
      @ForAll @IntRange(min = 1, max = 40) int count,
      @ForAll @IntRange(min = 1, max = 4) int size,
      @ForAll long seed)
      throws InterruptedException {
    Random random = new Random(seed);
    Topology topology = new Topology(hidden);
    List<List<double[]>> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Design one = design(topology, precision, 1 + random.nextInt(size), 0, 1, random);
      chunks.add(one.steps().get(0).rows());
    }
    Design whole = design(topology, precision, 1, 0, 1, random);
    Design design =
        new Design("chunks", whole.network(), whole.parameters(), List.of(new Samples(chunks)));
    DesignResult result =
        new Judge(precision, Device.CPU)
            .judge(design, new RoundedSubject(design.network(), precision));
    assertThat(result.firstWrong()).isEmpty();
    assertThat(result.stages()).allSatisfy(s -> assertThat(s.referenceFailed()).isZero());
  }

  @Tag("campaign")
  @ParameterizedTest
  @EnumSource
  void the_bounds_are_not_wasteful(Precision precision) throws InterruptedException {
    Random random = new Random(1);
    double worst = 0;
    for (int i = 0; i < 200; i++) {
      Design design = design(Topology.DEFAULT, precision, 1 + i % 7, 0, 1, random);
      DesignResult result =
          new Judge(precision, Device.CPU).judge(design, new AnyOrder(precision, random));
      for (StageResult stage : result.stages()) {
        worst = Math.max(worst, stage.worstErrorOverBound());
      }
    }
    assertThat(worst).isBetween(0.5, 1.0);
  }

  @ParameterizedTest
  @EnumSource
  void an_error_of_some_units_in_the_last_place_is_found(Precision precision)
      throws InterruptedException {
    Subject healthy = new RoundedSubject(DenseNetwork.of(Topology.DEFAULT), precision);
    Subject off =
        new Misreporting(healthy) {
          @Override
          protected void change(Observation seen) {
            seen.at(Stage.gradient(2))[1] *= 1 + 40 * precision.unitRoundoff();
          }
        };
    Design workedExample = Designs.of(Form.SHORT, Topology.DEFAULT, precision, 1).get(0);
    DesignResult result = new Judge(precision, Device.CPU).judge(workedExample, off);
    StageResult wrong = result.firstWrong().orElseThrow();
    assertThat(wrong.stage()).isEqualTo(Stage.gradient(2));
    assertThat(wrong.failed()).isEqualTo(1);
  }

  @Test
  void numbers_that_are_rounded_first_have_wider_bounds() {
    BoundedArithmetic model = new BoundedArithmetic(Precision.DOUBLE, 1);
    double[] row = {1.1, 2.2, 3.3};
    double[] weights = {0.1, 0.2, 0.3};
    DenseNetwork network = DenseNetwork.of(new Topology(1));
    TrainingStep<Approximation> step =
        new TrainingStep<>(
            model,
            network,
            stage -> Operations.TEXTBOOK,
            rounded(model, weights),
            Samples.of(row),
            numbers -> rounded(model, numbers),
            model.rounded(0.1),
            null);
    ExpectedStep truth = ExpectedStep.of(network, weights, Samples.of(row), 0.1);
    // z = 0.11 + 0.44: each factor off by u, each product and the sum rounded.
    double z = truth.bounds(step).get(Stage.forward(1))[0];
    assertThat(z).isBetween(2 * 0.55 * 0x1p-53, 4.01 * 0.55 * 0x1p-53);
  }

  private static List<Approximation> rounded(BoundedArithmetic model, double... values) {
    return Arrays.stream(values).mapToObj(model::rounded).toList();
  }

  private static Design design(
      Topology topology,
      Precision precision,
      int samples,
      int inputScale,
      int weightScale,
      Random random) {
    double[] weights =
        random
            .doubles(topology.weightCount(), -1, 1)
            .map(w -> Math.scalb(w, weightScale))
            .toArray();
    return RoundedDesign.of(
        topology, precision, weights, RoundedDesign.samples(samples, inputScale, random));
  }

  /** A correct network that groups and orders its operations as it pleases. */
  private static final class AnyOrder implements Subject {
    private final Precision precision;
    private final Random random;
    private Weights weights;

    AnyOrder(Precision precision, Random random) {
      this.precision = precision;
      this.random = random;
    }

    @Override
    public void begin(double... start) {
      weights = Weights.of(new Topology(start.length / 3), start);
    }

    @Override
    public Observation step(Samples samples) {
      List<double[]> batch = samples.rows();
      int n = batch.size();
      int hidden = weights.topology().hidden();
      Trace trace =
          new Trace(
              new double[n * hidden],
              new double[n * hidden],
              new double[n],
              new double[n],
              new double[n],
              new double[n * hidden]);
      List<List<double[]>> terms = new ArrayList<>();
      for (int k = 0; k < 3 * hidden; k++) {
        terms.add(new ArrayList<>());
      }
      List<double[]> losses = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        double[] x = batch.get(i);
        List<double[]> zo = new ArrayList<>();
        for (int j = 0; j < hidden; j++) {
          int at = i * hidden + j;
          trace.z()[at] =
              sum(
                  List.of(
                      new double[] {x[0], weights.hidden(0, j)},
                      new double[] {x[1], weights.hidden(1, j)}));
          trace.a()[at] = sigmoid(trace.z()[at]);
          zo.add(new double[] {trace.a()[at], weights.output(j)});
        }
        trace.zo()[i] = sum(zo);
        double prediction = sigmoid(trace.zo()[i]);
        trace.prediction()[i] = prediction;
        double residual = r(prediction - batch.get(i)[2]);
        losses.add(new double[] {residual, r(0.5 * residual)});
        // (residual·ŷ)·(1−ŷ), where others take residual·(ŷ·(1−ŷ)).
        double delta = r(r(residual * prediction) * r(1 - prediction));
        trace.deltaOutput()[i] = delta;
        for (int j = 0; j < hidden; j++) {
          int at = i * hidden + j;
          double a = trace.a()[at];
          double deltaHidden = r(r(r(delta * weights.output(j)) * a) * r(1 - a));
          trace.deltaHidden()[at] = deltaHidden;
          terms.get(j).add(new double[] {deltaHidden, x[0]});
          terms.get(hidden + j).add(new double[] {deltaHidden, x[1]});
          terms.get(2 * hidden + j).add(new double[] {delta, a});
        }
      }
      double rate = r(Subject.LEARNING_RATE);
      Weights sum = Weights.of(weights.topology(), terms.stream().mapToDouble(this::sum).toArray());
      Weights mean = sum.map(g -> r(g / n));
      double[] updated = weights.toArray();
      for (int k = 0; k < updated.length; k++) {
        updated[k] = r(updated[k] - r(rate * mean.toArray()[k]));
      }
      weights = Weights.of(weights.topology(), updated);
      return Seen.of(trace, r(sum(losses) / n), sum, mean, weights);
    }

    private double sigmoid(double z) {
      return r(1 / r(1 + r(Math.exp(-z))));
    }

    /** Σxy in any order, with one rounding for product and sum or with two. */
    private double sum(List<double[]> products) {
      List<double[]> shuffled = new ArrayList<>(products);
      Collections.shuffle(shuffled, random);
      boolean fused = random.nextBoolean();
      double sum = 0;
      for (double[] p : shuffled) {
        sum = fused ? fma(p[0], p[1], sum) : r(sum + r(p[0] * p[1]));
      }
      return sum;
    }

    private double fma(double x, double y, double z) {
      return precision == Precision.FLOAT
          ? Math.fma((float) x, (float) y, (float) z)
          : Math.fma(x, y, z);
    }

    private double r(double x) {
      return precision.round(x);
    }
  }
}
