package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.design.Orders;
import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.network.Topology;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** What may go wrong in the deltas: wrong factors. */
final class DeltaHypotheses {
  static final List<Hypothesis> ALL =
      List.of(
          new Hypothesis(
              Cause.SLOPE_MISSING,
              (step, stage) ->
                  withSlopes(
                      step, stage, i -> Approximation.exact(1), k -> Approximation.exact(1))),
          new Hypothesis(
              Cause.SLOPE_TWICE,
              (step, stage) ->
                  withSlopes(
                      step,
                      stage,
                      i -> squared(step, step.outputSlope(i)),
                      k -> squared(step, step.hiddenSlope(k)))),
          new Hypothesis(
              Cause.TANH_SLOPE,
              (step, stage) ->
                  withSlopes(
                      step,
                      stage,
                      i -> tanhSlope(step, step.prediction(i)),
                      k -> tanhSlope(step, step.activation(k)))),
          new Hypothesis(
              Cause.SLOPE_OF_ACTIVATION,
              (step, stage) ->
                  withSlopes(
                      step,
                      stage,
                      i -> slopeAt(step, step.prediction(i)),
                      k -> slopeAt(step, step.activation(k)))),
          new Hypothesis(
              Cause.WEIGHT_MISSING,
              (step, stage) -> withWeights(step, stage, j -> Approximation.exact(1))),
          new Hypothesis(Cause.UNITS_PERMUTED, DeltaHypotheses::permuted),
          new Hypothesis(Cause.UPDATED_WEIGHTS, DeltaHypotheses::updated),
          new Hypothesis(Cause.STALE_WEIGHTS, DeltaHypotheses::stale));

  private DeltaHypotheses() {}

  private static Stream<List<Approximation>> withSlopes(
      AlternativeStep step,
      Stage stage,
      IntFunction<Approximation> output,
      IntFunction<Approximation> hidden) {
    return switch (stage) {
      case OUTPUT_DELTA -> Stream.of(step.outputDeltas(output));
      case HIDDEN_DELTA -> Stream.of(step.hiddenDeltas(step::outputWeight, hidden));
      default -> Stream.empty();
    };
  }

  private static Stream<List<Approximation>> withWeights(
      AlternativeStep step, Stage stage, IntFunction<Approximation> weights) {
    return stage == Stage.HIDDEN_DELTA
        ? Stream.of(step.hiddenDeltas(weights, step::hiddenSlope))
        : Stream.empty();
  }

  private static Approximation squared(AlternativeStep step, Approximation slope) {
    return step.model().product(slope, slope);
  }

  private static Approximation tanhSlope(AlternativeStep step, Approximation a) {
    return step.model().difference(Approximation.exact(1), step.model().product(a, a));
  }

  private static Approximation slopeAt(AlternativeStep step, Approximation z) {
    double s = 1 / (1 + Math.exp(-z.value()));
    double slope = s * (1 - s);
    return step.model().sigmoidDerivative(z, step.model().sigmoid(z, s, slope), slope);
  }

  private static Stream<List<Approximation>> permuted(AlternativeStep step, Stage stage) {
    return Orders.permutations(step.hidden())
        .flatMap(order -> withWeights(step, stage, j -> step.outputWeight(order.applyAsInt(j))));
  }

  private static Stream<List<Approximation>> updated(AlternativeStep step, Stage stage) {
    int first = Topology.INPUTS * step.hidden();
    return withWeights(step, stage, j -> step.at(Stage.UPDATE, first + j));
  }

  private static Stream<List<Approximation>> stale(AlternativeStep step, Stage stage) {
    Evidence previous = step.evidence().previous();
    if (previous == null) {
      return Stream.empty();
    }
    double[] weights = previous.before().toArray();
    int first = Topology.INPUTS * step.hidden();
    return withWeights(step, stage, j -> Approximation.exact(weights[first + j]));
  }
}
