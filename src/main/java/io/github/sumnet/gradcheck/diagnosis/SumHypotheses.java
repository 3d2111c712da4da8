package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.data.Batch;
import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.arithmetic.RoundingModel;
import io.github.sumnet.gradcheck.design.Orders;
import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.network.Topology;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/** What may go wrong where samples are summed: which of them, and of what. */
final class SumHypotheses {
  static final List<Hypothesis> ALL =
      List.of(
          new Hypothesis(Cause.ONE_CHUNK_ONLY, SumHypotheses::lastChunk),
          new Hypothesis(Cause.ACCUMULATED, SumHypotheses::accumulated),
          new Hypothesis(Cause.TRANSPOSED, SumHypotheses::transposed),
          new Hypothesis(Cause.WRONG_INPUT, SumHypotheses::wrongInput),
          new Hypothesis(Cause.UNITS_PERMUTED, SumHypotheses::permuted),
          new Hypothesis(Cause.PREDICTION_FOR_ACTIVATION, SumHypotheses::predictions));

  /** One sample of many: with thousands of them, one or another will fit a single number. */
  static final List<Hypothesis> OF_ONE_SAMPLE =
      List.of(
          new Hypothesis(Cause.SAMPLE_LEFT_OUT, (step, stage) -> oneOccurs(step, stage, 0)),
          new Hypothesis(Cause.SAMPLE_TWICE, (step, stage) -> oneOccurs(step, stage, 2)));

  private SumHypotheses() {}

  /** Whether a stage is a sum over the batch, or a mean. */
  static boolean isSum(Stage stage) {
    return switch (stage) {
      case LOSS, OUTPUT_GRADIENT, HIDDEN_GRADIENT, MEAN -> true;
      default -> false;
    };
  }

  private static Stream<List<Approximation>> oneOccurs(
      AlternativeStep step, Stage stage, int times) {
    return isSum(stage) ? step.sumsWithOne(stage, times) : Stream.empty();
  }

  private static Stream<List<Approximation>> lastChunk(AlternativeStep step, Stage stage) {
    List<Batch> chunks = step.evidence().chunks();
    int begin = step.size() - chunks.get(chunks.size() - 1).size();
    return isSum(stage) && begin > 0
        ? Stream.of(step.sums(stage, i -> i < begin ? 0 : 1))
        : Stream.empty();
  }

  private static Stream<List<Approximation>> accumulated(AlternativeStep step, Stage stage) {
    Evidence previous = step.evidence().previous();
    if (previous == null || stage.isPerSample() || stage == Stage.UPDATE) {
      return Stream.empty();
    }
    double[] before = previous.seen().at(stage);
    double share = step.model().gamma(step.size() + 1);
    return Stream.of(
        AlternativeStep.values(
            before.length,
            k -> {
              Approximation own = step.at(stage, k);
              return new Approximation(
                  own.value() + before[k], own.error() + share * Math.abs(before[k]));
            }));
  }

  private static Stream<List<Approximation>> transposed(AlternativeStep step, Stage stage) {
    return stage == Stage.HIDDEN_GRADIENT || stage == Stage.MEAN
        ? Orders.transpositions(step.hidden()).map(order -> step.moved(stage, order))
        : Stream.empty();
  }

  /** The rows of x1 and x2 swapped, or one of them in both places. */
  private static Stream<List<Approximation>> wrongInput(AlternativeStep step, Stage stage) {
    int hidden = step.hidden();
    int both = Topology.INPUTS * hidden;
    Stream<IntUnaryOperator> rows =
        Stream.of(k -> (k + hidden) % both, k -> k % hidden, k -> hidden + k % hidden);
    return stage == Stage.HIDDEN_GRADIENT || stage == Stage.MEAN
        ? rows.map(row -> step.moved(stage, k -> k < both ? row.applyAsInt(k) : k))
        : Stream.empty();
  }

  private static Stream<List<Approximation>> permuted(AlternativeStep step, Stage stage) {
    int hidden = step.hidden();
    return stage == Stage.OUTPUT_GRADIENT || stage == Stage.HIDDEN_GRADIENT
        ? Orders.permutations(hidden)
            .map(
                order -> step.moved(stage, k -> k / hidden * hidden + order.applyAsInt(k % hidden)))
        : Stream.empty();
  }

  private static Stream<List<Approximation>> predictions(AlternativeStep step, Stage stage) {
    if (stage != Stage.OUTPUT_GRADIENT) {
      return Stream.empty();
    }
    double value = 0;
    double inherited = 0;
    double magnitude = 0;
    for (int i = 0; i < step.size(); i++) {
      Approximation delta = step.at(Stage.OUTPUT_DELTA, i);
      Approximation prediction = step.prediction(i);
      value += delta.value() * prediction.value();
      inherited += RoundingModel.inherited(delta, prediction);
      magnitude += delta.magnitude() * prediction.magnitude();
    }
    Approximation sum = step.model().sum(value, inherited, magnitude, step.size(), step.size());
    return Stream.of(AlternativeStep.values(step.hidden(), j -> sum));
  }
}
