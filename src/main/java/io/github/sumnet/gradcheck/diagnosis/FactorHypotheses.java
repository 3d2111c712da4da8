package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.data.Batch;
import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.step.Batches;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Stage;
import java.util.List;
import java.util.stream.Stream;

/** What may go wrong by a factor on a whole stage: signs, halves, the batch size, the rate. */
final class FactorHypotheses {
  static final List<Hypothesis> ALL =
      List.of(
          new Hypothesis(Cause.ALL_ZERO, (step, stage) -> times(step, stage, 0)),
          new Hypothesis(Cause.WRONG_SIGN, (step, stage) -> times(step, stage, -1)),
          new Hypothesis(
              Cause.MISSING_HALF,
              (step, stage) -> stage == Stage.LOSS ? times(step, stage, 2) : Stream.empty()),
          new Hypothesis(
              Cause.NOT_DIVIDED,
              (step, stage) -> isMean(stage) ? times(step, stage, step.size()) : Stream.empty()),
          new Hypothesis(
              Cause.DIVIDED_BY_ONE_LESS,
              (step, stage) ->
                  isMean(stage)
                      ? times(step, stage, step.size() / (step.size() - 1.0))
                      : Stream.empty()),
          new Hypothesis(Cause.STALE_BATCH_SIZE, FactorHypotheses::stale),
          new Hypothesis(Cause.MEAN_OF_MEANS, FactorHypotheses::meanOfMeans),
          new Hypothesis(Cause.DOUBLED, (step, stage) -> times(step, stage, 2)),
          new Hypothesis(Cause.HALVED, (step, stage) -> times(step, stage, 0.5)),
          new Hypothesis(
              Cause.RATE_TWICE,
              (step, stage) ->
                  stage == Stage.UPDATE
                      ? times(step, stage, step.evidence().rate())
                      : Stream.empty()));

  private FactorHypotheses() {}

  private static boolean isMean(Stage stage) {
    return stage == Stage.LOSS || stage == Stage.MEAN;
  }

  private static Stream<List<Approximation>> times(
      AlternativeStep step, Stage stage, double factor) {
    return Stream.of(step.scaled(stage, factor));
  }

  private static Stream<List<Approximation>> stale(AlternativeStep step, Stage stage) {
    Evidence previous = step.evidence().previous();
    if (previous == null || !isMean(stage)) {
      return Stream.empty();
    }
    double factor = (double) step.size() / Batches.size(previous.chunks());
    return times(step, stage, factor);
  }

  private static Stream<List<Approximation>> meanOfMeans(AlternativeStep step, Stage stage) {
    List<Batch> chunks = step.evidence().chunks();
    if (chunks.size() == 1 || !isMean(stage)) {
      return Stream.empty();
    }
    double[] share = new double[step.size()];
    int i = 0;
    for (Batch chunk : chunks) {
      for (int k = 0; k < chunk.size(); k++) {
        share[i++] = (double) step.size() / chunks.size() / chunk.size();
      }
    }
    return Stream.of(step.sums(stage, sample -> share[sample]));
  }
}
