package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.fault.Changes;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Operations;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Stage.Kind;
import io.github.sumnet.network.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for the one known fault that accounts for every wrong value of a stage in every step at
 * hand. From the numbers alone, and to within rounding: a fault that fits all steps but one is not
 * it.
 */
public final class Hypotheses {

  /**
   * A fault that may have happened.
   *
   * @param changes the wrong operations that it could have been in a step; none where it could not
   *     have happened
   */
  private record Hypothesis(Cause cause, Function<FailingStage, Stream<Operations>> changes) {

    static Hypothesis of(Cause cause, Predicate<FailingStage> where, Operations... changes) {
      return new Hypothesis(
          cause, stage -> where.test(stage) ? Stream.of(changes) : Stream.empty());
    }
  }

  /** Those that say more come first, where two of them fit. */
  private static final List<Hypothesis> FIXED =
      List.of(
          Hypothesis.of(Cause.ALL_ZERO, Hypotheses::anywhere, Changes.times(0)),
          Hypothesis.of(Cause.WRONG_SIGN, Hypotheses::anywhere, Changes.times(-1)),
          Hypothesis.of(Cause.MISSING_HALF, in(Kind.LOSS), Changes.times(2)),
          Hypothesis.of(Cause.NOT_DIVIDED, in(Kind.LOSS, Kind.MEAN), Changes.SUM_FOR_MEAN),
          Hypothesis.of(Cause.DIVIDED_BY_ONE_LESS, in(Kind.LOSS, Kind.MEAN), Changes.ONE_LESS),
          Hypothesis.of(
              Cause.STALE_BATCH_SIZE,
              in(Kind.LOSS, Kind.MEAN).and(Hypotheses::isLater),
              Changes.STALE_BATCH_SIZE),
          Hypothesis.of(
              Cause.MEAN_OF_MEANS,
              in(Kind.LOSS, Kind.MEAN).and(Hypotheses::hasChunks),
              Changes.MEAN_OF_MEANS),
          Hypothesis.of(Cause.DOUBLED, Hypotheses::anywhere, Changes.times(2)),
          Hypothesis.of(Cause.HALVED, Hypotheses::anywhere, Changes.times(0.5)),
          Hypothesis.of(Cause.RATE_TWICE, in(Kind.UPDATE), Changes.RATE_TWICE),
          Hypothesis.of(
              Cause.TRANSPOSED,
              in(Kind.FORWARD, Kind.GRADIENT, Kind.MEAN).and(Hypotheses::hasMatrix),
              Changes.transposed(false),
              Changes.transposed(true)),
          new Hypothesis(Cause.WRONG_INPUT, Hypotheses::wrongInput),
          new Hypothesis(Cause.UNITS_PERMUTED, Hypotheses::permuted),
          Hypothesis.of(
              Cause.STALE_WEIGHTS,
              in(Kind.FORWARD, Kind.DELTA).and(Hypotheses::isLater),
              Changes.STALE_WEIGHTS),
          Hypothesis.of(
              Cause.OVERFLOW,
              in(Kind.FORWARD).and(stage -> activation(stage) == Activation.SIGMOID),
              Changes.OVERFLOW,
              Changes.OVERFLOW_BELOW),
          new Hypothesis(Cause.WRONG_TARGET, Hypotheses::wrongTarget),
          Hypothesis.of(
              Cause.CLIPPED_TARGET,
              Hypotheses::comparesTargets,
              Changes.clippedTarget(0, Double.POSITIVE_INFINITY),
              Changes.clippedTarget(Double.NEGATIVE_INFINITY, 1),
              Changes.clippedTarget(0, 1)),
          Hypothesis.of(Cause.SLOPE_MISSING, Hypotheses::hasSlope, Changes.NO_SLOPE),
          Hypothesis.of(Cause.SLOPE_TWICE, Hypotheses::hasSlope, Changes.SLOPE_TWICE),
          Hypothesis.of(Cause.TANH_SLOPE, Hypotheses::hasSlope, Changes.TANH_SLOPE),
          Hypothesis.of(
              Cause.SLOPE_OF_ACTIVATION, Hypotheses::hasSlope, Changes.SLOPE_OF_ACTIVATION),
          Hypothesis.of(
              Cause.WEIGHT_MISSING, Hypotheses::isHiddenDelta, Changes.NO_BACKWARD_WEIGHT),
          Hypothesis.of(Cause.UPDATED_WEIGHTS, Hypotheses::isHiddenDelta, Changes.UPDATED_WEIGHTS),
          Hypothesis.of(
              Cause.ONE_CHUNK_ONLY,
              in(Kind.LOSS, Kind.GRADIENT, Kind.MEAN).and(Hypotheses::hasChunks),
              Changes.LAST_CHUNK_ONLY),
          Hypothesis.of(
              Cause.ACCUMULATED,
              in(Kind.LOSS, Kind.GRADIENT, Kind.MEAN, Kind.RETURNED).and(Hypotheses::isLater),
              Changes.accumulated(1)),
          Hypothesis.of(
              Cause.PREDICTION_FOR_ACTIVATION,
              stage -> stage.stage().equals(Stage.gradient(stage.network().depth())),
              Changes.PREDICTION_FOR_ACTIVATION));

  private Hypotheses() {}

  /**
   * The cause of a stage's errors.
   *
   * @param stage the first wrong one, so that all before it are right
   * @param evidence steps in which it is wrong; others serve as a test
   */
  public static Suspicion explain(Stage stage, List<Evidence> evidence) {
    List<FailingStage> steps =
        evidence.stream().map(each -> new FailingStage(each, stage)).toList();
    return steps.stream().allMatch(FailingStage::isRight)
        ? Suspicion.of(Cause.UNKNOWN)
        : firstThatFits(steps);
  }

  private static Suspicion firstThatFits(List<FailingStage> steps) {
    return when(Cause.FLUSHED, Fits::areTinyValuesZero, steps)
        .or(() -> fixed(steps))
        .or(() -> fitted(Fits.sums(steps), steps))
        .or(() -> fitted(Fits.biases(steps), steps))
        .or(() -> when(Cause.SINGLE_PRECISION, Fits::areFloats, steps))
        .or(() -> fitted(Fits.limits(steps), steps))
        .or(() -> fitted(Fits.shares(steps), steps))
        .or(() -> when(Cause.NOT_FINITE, Hypotheses::nothingIsFinite, steps))
        .orElse(Suspicion.of(Cause.UNKNOWN));
  }

  private static Optional<Suspicion> fixed(List<FailingStage> steps) {
    return FIXED.stream()
        .filter(hypothesis -> explains(hypothesis.changes(), steps))
        .map(hypothesis -> Suspicion.of(hypothesis.cause()))
        .findFirst();
  }

  private static Optional<Suspicion> fitted(Stream<Fits.Fit> fits, List<FailingStage> steps) {
    return fits.filter(fit -> explains(fit.change(), steps)).map(Fits.Fit::suspicion).findFirst();
  }

  private static Optional<Suspicion> when(
      Cause cause, Predicate<FailingStage> fits, List<FailingStage> steps) {
    return steps.stream().allMatch(fits) ? Optional.of(Suspicion.of(cause)) : Optional.empty();
  }

  /**
   * Whether a fault accounts for every value of these steps. It may pass a step without a wrong
   * value in which it had no occasion; most wrong values have to be such that the truth does not
   * fit as well.
   */
  private static boolean explains(
      Function<FailingStage, Stream<Operations>> changes, List<FailingStage> steps) {
    long told = 0;
    long wrong = 0;
    for (FailingStage step : steps) {
      List<Operations> possible = changes.apply(step).toList();
      Optional<Long> toldHere =
          possible.stream().map(step::with).filter(step::agrees).map(step::told).findFirst();
      int wrongHere = step.wrong().length;
      if (toldHere.isEmpty() && (wrongHere > 0 || !possible.isEmpty())) {
        return false;
      }
      wrong += wrongHere;
      told += toldHere.orElse(0L);
    }
    return 2 * told > wrong;
  }

  private static boolean nothingIsFinite(FailingStage step) {
    return Arrays.stream(step.wrong()).noneMatch(i -> Double.isFinite(step.seen(i)));
  }

  private static boolean anywhere(FailingStage stage) {
    return true;
  }

  private static Predicate<FailingStage> in(Kind... kinds) {
    return stage -> List.of(kinds).contains(stage.stage().kind());
  }

  private static boolean isLater(FailingStage stage) {
    return stage.evidence().previous() != null;
  }

  private static boolean hasChunks(FailingStage stage) {
    return stage.evidence().samples().chunks().size() > 1;
  }

  private static Activation activation(FailingStage stage) {
    return stage.network().layer(stage.stage().layer()).activation();
  }

  private static boolean hasSlope(FailingStage stage) {
    return stage.stage().kind() == Kind.DELTA && activation(stage) != Activation.SOFTMAX;
  }

  private static boolean isHiddenDelta(FailingStage stage) {
    return stage.stage().kind() == Kind.DELTA && stage.stage().layer() < stage.network().depth();
  }

  private static boolean comparesTargets(FailingStage stage) {
    return stage.stage().equals(Stage.LOSS)
        || stage.stage().equals(Stage.delta(stage.network().depth()));
  }

  private static boolean hasMatrix(FailingStage stage) {
    int layer = Math.max(1, stage.stage().layer());
    return stage.network().units(layer) > 1 && stage.network().units(layer - 1) > 1;
  }

  private static Stream<Operations> wrongInput(FailingStage stage) {
    int inputs = stage.network().inputs();
    boolean takesInputs =
        stage.stage().equals(Stage.forward(1)) || stage.stage().equals(Stage.gradient(1));
    return takesInputs && inputs > 1
        ? Stream.of(
            Changes.inputs(k -> (k + 1) % inputs),
            Changes.inputs(k -> 0),
            Changes.inputs(k -> inputs - 1))
        : Stream.empty();
  }

  private static Stream<Operations> wrongTarget(FailingStage stage) {
    return comparesTargets(stage)
        ? IntStream.range(0, stage.network().inputs()).mapToObj(Changes::inputForTarget)
        : Stream.empty();
  }

  /** The units of the hidden layer that a stage belongs to, or takes its values from. */
  private static Stream<Operations> permuted(FailingStage stage) {
    int layer = stage.stage().layer();
    Stream<Integer> layers =
        switch (stage.stage().kind()) {
          case FORWARD -> Stream.of(layer - 1);
          case DELTA -> Stream.of(layer);
          case GRADIENT -> Stream.of(layer, layer - 1);
          default -> Stream.empty();
        };
    return layers
        .filter(hidden -> hidden > 0 && hidden < stage.network().depth())
        .flatMap(
            hidden ->
                Changes.orders(stage.network().units(hidden))
                    .map(order -> Changes.permuted(hidden, order)));
  }
}
