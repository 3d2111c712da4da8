package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.data.Batch;
import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.arithmetic.DoubleDouble;
import io.github.sumnet.gradcheck.arithmetic.RoundingModel;
import io.github.sumnet.gradcheck.step.Batches;
import io.github.sumnet.gradcheck.step.ErrorBound;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.ExactPass;
import io.github.sumnet.gradcheck.step.ExpectedStep;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The values that a step would have with a given fault. They have bounds of their own, by the same
 * rules as the true values, so that a suspicion needs no tolerance either.
 */
public final class AlternativeStep {
  /** The worst of the devices; here a loose bound does no harm. */
  private static final double EXP_ULPS = 2;

  /** Of a bound: the alternatives are worked out in double, whose own rounding adds to it. */
  private static final double LEEWAY = 4;

  private final Evidence evidence;
  private final RoundingModel model;
  private final List<double[]> samples;
  private final int hidden;

  public AlternativeStep(Evidence evidence) {
    this.evidence = evidence;
    model = new RoundingModel(evidence.precision(), EXP_ULPS);
    samples = Batches.samples(Batches.joined(evidence.chunks()));
    hidden = evidence.before().topology().hidden();
  }

  Evidence evidence() {
    return evidence;
  }

  RoundingModel model() {
    return model;
  }

  int hidden() {
    return hidden;
  }

  /** N, the samples of the step. */
  int size() {
    return samples.size();
  }

  /** An input or the target of a sample: 0, 1 or 2. */
  Approximation column(int sample, int column) {
    return Approximation.exact(samples.get(sample)[column]);
  }

  /** How far rounding can take a value. */
  double bound(Stage stage, int i) {
    return evidence.bounds().get(stage)[i] * RoundingModel.SLACK;
  }

  double truth(Stage stage, int i) {
    return evidence.truth().inDoubleDouble(stage)[i].high();
  }

  double seen(Stage stage, int i) {
    return evidence.seen().at(stage)[i];
  }

  int size(Stage stage) {
    return evidence.seen().at(stage).length;
  }

  /** |seen − truth|; infinite or NaN if what was seen is. */
  double error(Stage stage, int i) {
    return evidence.truth().inDoubleDouble(stage)[i].distance(seen(stage, i));
  }

  /** Whether rounding cannot explain a value. */
  boolean isWrong(Stage stage, int i) {
    double bound = bound(stage, i);
    return bound < Double.POSITIVE_INFINITY && !(error(stage, i) <= bound);
  }

  /** The places of the stage's wrong values. */
  public int[] wrong(Stage stage) {
    return IntStream.range(0, size(stage)).filter(i -> isWrong(stage, i)).toArray();
  }

  /** Whether the outcome accounts for every value of the stage. */
  boolean agrees(Stage stage, List<Approximation> outcome) {
    return IntStream.range(0, outcome.size())
        .allMatch(
            i ->
                bound(stage, i) == Double.POSITIVE_INFINITY
                    || covers(outcome.get(i), seen(stage, i)));
  }

  /** How many of the wrong values the outcome can tell from the truth. */
  long told(Stage stage, List<Approximation> outcome) {
    return Arrays.stream(wrong(stage))
        .filter(i -> !covers(outcome.get(i), truth(stage, i)))
        .count();
  }

  /** Whatever may have become infinite covers everything. */
  private static boolean covers(Approximation outcome, double value) {
    if (outcome.error() == Double.POSITIVE_INFINITY) {
      return true;
    }
    boolean finite = Double.isFinite(value);
    return Double.isFinite(outcome.value())
        ? finite && Math.abs(value - outcome.value()) <= LEEWAY * outcome.error()
        : !finite;
  }

  /** The true value of a stage. */
  Approximation at(Stage stage, int i) {
    return new Approximation(truth(stage, i), bound(stage, i));
  }

  /** The true values of a stage. */
  List<Approximation> at(Stage stage) {
    return values(size(stage), i -> at(stage, i));
  }

  /** The true values times a factor; of the update, the changes. */
  List<Approximation> scaled(Stage stage, double factor) {
    return values(
        size(stage),
        i -> {
          double from = origin(stage, i);
          double growth = Double.isFinite(factor) ? Math.max(1, Math.abs(factor)) : 1;
          return new Approximation(
              from + factor * (truth(stage, i) - from), bound(stage, i) * growth);
        });
  }

  /** What a value is a change of: the weight before, for the update. */
  double origin(Stage stage, int i) {
    return stage == Stage.UPDATE ? evidence.before().toArray()[i] : 0;
  }

  /** The true values at other places. */
  List<Approximation> moved(Stage stage, IntUnaryOperator from) {
    return values(size(stage), i -> at(stage, from.applyAsInt(i)));
  }

  /** The true values of the step with other weights or samples. */
  List<Approximation> instead(Stage stage, Weights weights, List<Batch> chunks) {
    ExpectedStep truth = ExpectedStep.of(weights, chunks, evidence.rate());
    Map<Stage, double[]> bounds = ErrorBound.of(model, weights, chunks, truth, evidence.rate());
    return values(
        size(stage),
        i -> new Approximation(truth.at(stage)[i].doubleValue(), bounds.get(stage)[i]));
  }

  /** The values of a stage with every sample {x1, x2, y} changed. */
  List<Approximation> instead(Stage stage, UnaryOperator<double[]> change) {
    List<Batch> changed =
        evidence.chunks().stream()
            .map(
                chunk ->
                    Batches.of(
                        evidence.precision(),
                        Batches.samples(chunk).stream().map(change).toArray(double[][]::new)))
            .toList();
    return instead(stage, evidence.before(), changed);
  }

  /** ŷ − y of every sample, times something else than σ′. */
  List<Approximation> outputDeltas(IntFunction<Approximation> slope) {
    return values(
        size(),
        i -> {
          Approximation residual =
              model
                  .difference(prediction(i), column(i, 2))
                  .at(evidence.truth().passes().get(i).residual().doubleValue());
          return model.product(residual, slope.apply(i));
        });
  }

  /**
   * The hidden deltas with other factors.
   *
   * @param weight for a hidden unit, what stands in wh's place
   * @param slope for a place among the deltas, what stands in the place of σ′
   */
  List<Approximation> hiddenDeltas(
      IntFunction<Approximation> weight, IntFunction<Approximation> slope) {
    return values(
        size(Stage.HIDDEN_DELTA),
        k -> {
          Approximation delta = at(Stage.OUTPUT_DELTA, k / hidden);
          return model.product(model.product(delta, weight.apply(k % hidden)), slope.apply(k));
        });
  }

  /**
   * The values of the batch with other shares of the samples.
   *
   * @param share how often a sample goes in
   */
  List<Approximation> sums(Stage stage, IntToDoubleFunction share) {
    return values(size(stage), k -> sum(stage, k, share));
  }

  private Approximation sum(Stage stage, int k, IntToDoubleFunction share) {
    double value = 0;
    double size = 0;
    double most = 1;
    for (int i = 0; i < size(); i++) {
      double part = share.applyAsDouble(i);
      value += part * term(stage, k, i);
      size += Math.abs(part * term(stage, k, i));
      most = Math.max(most, part);
    }
    return new Approximation(value, most * bound(stage, k) + model.gamma(3) * size);
  }

  /**
   * The values of the batch with one sample in it another number of times, for each sample.
   *
   * @param times how often that one goes in: 0 or 2
   */
  Stream<List<Approximation>> sumsWithOne(Stage stage, int times) {
    List<Approximation> whole = sums(stage, i -> 1);
    int more = times - 1;
    return IntStream.range(0, size())
        .mapToObj(
            one ->
                values(
                    size(stage),
                    k -> {
                      double part = term(stage, k, one);
                      Approximation sum = whole.get(k);
                      double error = Math.max(1, times) * sum.error();
                      return new Approximation(
                          sum.value() + more * part, error + model.gamma(3) * Math.abs(part));
                    }));
  }

  /** A sample's part in a value of the batch. */
  double term(Stage stage, int k, int sample) {
    ExactPass pass = evidence.truth().passes().get(sample);
    return switch (stage) {
      case LOSS -> DoubleDouble.toDouble(pass.loss()) / size();
      case OUTPUT_GRADIENT -> DoubleDouble.toDouble(pass.gradient().get(2 * hidden + k));
      case HIDDEN_GRADIENT -> DoubleDouble.toDouble(pass.gradient().get(k));
      case MEAN -> DoubleDouble.toDouble(pass.gradient().get(k)) / size();
      default -> throw new IllegalArgumentException(stage + " is no sum over the batch");
    };
  }

  Approximation prediction(int sample) {
    return at(Stage.OUTPUT_FORWARD, 2 * sample + 1);
  }

  /** a of the unit at a place among the hidden deltas. */
  Approximation activation(int k) {
    return at(Stage.HIDDEN_FORWARD, 2 * hidden * (k / hidden) + hidden + k % hidden);
  }

  /** σ′(zo). */
  Approximation outputSlope(int sample) {
    double slope = evidence.truth().passes().get(sample).outputSlope().doubleValue();
    return model.sigmoidDerivative(at(Stage.OUTPUT_FORWARD, 2 * sample), prediction(sample), slope);
  }

  /** σ′(z) of the unit at a place among the hidden deltas. */
  Approximation hiddenSlope(int k) {
    double slope = evidence.truth().passes().get(k / hidden).slope().get(k % hidden).doubleValue();
    Approximation z = at(Stage.HIDDEN_FORWARD, 2 * hidden * (k / hidden) + k % hidden);
    return model.sigmoidDerivative(z, activation(k), slope);
  }

  Approximation outputWeight(int unit) {
    return Approximation.exact(evidence.before().toArray()[Topology.INPUTS * hidden + unit]);
  }

  static List<Approximation> values(int size, IntFunction<Approximation> value) {
    return IntStream.range(0, size).mapToObj(value).toList();
  }
}
