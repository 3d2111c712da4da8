package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.design.Orders;
import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/** What may go wrong in the forward pass. */
final class ForwardHypotheses {
  static final List<Hypothesis> ALL =
      List.of(
          new Hypothesis(Cause.TRANSPOSED, ForwardHypotheses::transposed),
          new Hypothesis(Cause.WRONG_INPUT, ForwardHypotheses::wrongInput),
          new Hypothesis(Cause.UNITS_PERMUTED, ForwardHypotheses::permuted),
          new Hypothesis(Cause.STALE_WEIGHTS, ForwardHypotheses::stale),
          new Hypothesis(Cause.OVERFLOW, ForwardHypotheses::overflow),
          new Hypothesis(Cause.WRONG_TARGET, ForwardHypotheses::wrongTarget),
          new Hypothesis(Cause.CLIPPED_TARGET, ForwardHypotheses::clippedTarget));

  private ForwardHypotheses() {}

  private static Stream<List<Approximation>> transposed(AlternativeStep step, Stage stage) {
    return stage == Stage.HIDDEN_FORWARD
        ? Orders.transpositions(step.hidden()).map(order -> reordered(step, stage, order))
        : Stream.empty();
  }

  private static Stream<List<Approximation>> permuted(AlternativeStep step, Stage stage) {
    return stage == Stage.OUTPUT_FORWARD
        ? Orders.permutations(step.hidden())
            .map(order -> reordered(step, stage, k -> Orders.output(step.hidden(), order, k)))
        : Stream.empty();
  }

  private static List<Approximation> reordered(
      AlternativeStep step, Stage stage, IntUnaryOperator from) {
    Weights before = step.evidence().before();
    double[] old = before.toArray();
    double[] weights = old.clone();
    for (int k = 0; k < weights.length; k++) {
      weights[k] = old[from.applyAsInt(k)];
    }
    return step.instead(stage, Weights.of(before.topology(), weights), step.evidence().chunks());
  }

  private static Stream<List<Approximation>> wrongInput(AlternativeStep step, Stage stage) {
    return stage == Stage.HIDDEN_FORWARD
        ? Stream.of(
            step.instead(stage, s -> new double[] {s[1], s[0], s[2]}),
            step.instead(stage, s -> new double[] {s[0], s[0], s[2]}),
            step.instead(stage, s -> new double[] {s[1], s[1], s[2]}))
        : Stream.empty();
  }

  private static Stream<List<Approximation>> stale(AlternativeStep step, Stage stage) {
    Evidence previous = step.evidence().previous();
    boolean forward = stage == Stage.HIDDEN_FORWARD || stage == Stage.OUTPUT_FORWARD;
    if (previous == null || !forward) {
      return Stream.empty();
    }
    int firstOutput = Topology.INPUTS * step.hidden();
    double[] stale = previous.before().toArray();
    double[] weights = step.evidence().before().toArray();
    boolean first = stage == Stage.HIDDEN_FORWARD;
    System.arraycopy(
        stale,
        first ? 0 : firstOutput,
        weights,
        first ? 0 : firstOutput,
        first ? firstOutput : step.hidden());
    return Stream.of(
        step.instead(
            stage,
            Weights.of(step.evidence().before().topology(), weights),
            step.evidence().chunks()));
  }

  /** e^z or e^−z beyond the largest number, and a quotient of two infinities. */
  private static Stream<List<Approximation>> overflow(AlternativeStep step, Stage stage) {
    double limit = Math.log(step.evidence().precision().largest());
    return stage == Stage.HIDDEN_FORWARD || stage == Stage.OUTPUT_FORWARD
        ? Stream.of(
            notANumber(step, stage, z -> z > limit), notANumber(step, stage, z -> z < -limit))
        : Stream.empty();
  }

  private static List<Approximation> notANumber(
      AlternativeStep step, Stage stage, DoublePredicate where) {
    int units = stage == Stage.HIDDEN_FORWARD ? step.hidden() : 1;
    return AlternativeStep.values(
        step.size(stage),
        i -> {
          boolean activation = i / units % 2 == 1;
          return activation && where.test(step.truth(stage, i - units))
              ? Approximation.exact(Double.NaN)
              : step.at(stage, i);
        });
  }

  private static Stream<List<Approximation>> wrongTarget(AlternativeStep step, Stage stage) {
    return stage == Stage.LOSS || stage == Stage.OUTPUT_DELTA
        ? Stream.of(0, 1)
            .map(column -> step.instead(stage, s -> new double[] {s[0], s[1], s[column]}))
        : Stream.empty();
  }

  private static Stream<List<Approximation>> clippedTarget(AlternativeStep step, Stage stage) {
    DoubleUnaryOperator positive = y -> Math.max(0, y);
    DoubleUnaryOperator belowOne = y -> Math.min(1, y);
    return stage == Stage.LOSS || stage == Stage.OUTPUT_DELTA
        ? Stream.of(positive, belowOne, positive.andThen(belowOne))
            .map(
                clipped ->
                    step.instead(
                        stage, s -> new double[] {s[0], s[1], clipped.applyAsDouble(s[2])}))
        : Stream.empty();
  }
}
