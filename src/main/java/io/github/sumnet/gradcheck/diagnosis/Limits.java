package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.step.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Values that end at a limit: every wrong one has the limit's very value, every other is within. Or
 * every wrong one is 0, and tiny in truth.
 */
final class Limits {
  /** One value is always at some limit. */
  private static final int FEWEST = 2;

  private Limits() {}

  /** Whether tiny values were taken for 0: smaller than what rounding does to 1. */
  static boolean explainZeros(Stage stage, List<AlternativeStep> steps) {
    double tiny = steps.get(0).model().gamma(1);
    return stage != Stage.UPDATE
        && steps.stream()
            .allMatch(
                step ->
                    Arrays.stream(step.wrong(stage))
                        .allMatch(
                            i ->
                                step.seen(stage, i) == 0 && Math.abs(step.truth(stage, i)) < tiny));
  }

  static boolean explain(Stage stage, List<AlternativeStep> steps) {
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    int wrong = 0;
    for (AlternativeStep step : steps) {
      for (int i : step.wrong(stage)) {
        double seen = step.seen(stage, i);
        if (seen > step.truth(stage, i)) {
          low = Math.max(low, seen);
        } else {
          high = Math.min(high, seen);
        }
        wrong++;
      }
    }
    double least = low;
    double most = high;
    return wrong >= FEWEST
        && least < most
        && steps.stream()
            .allMatch(
                step ->
                    IntStream.range(0, step.size(stage))
                        .filter(i -> isLimited(stage, step, i))
                        .allMatch(i -> keeps(stage, step, i, least, most)));
  }

  /** Of a forward pass the activations, which are what can be clipped without a trace. */
  private static boolean isLimited(Stage stage, AlternativeStep step, int i) {
    return switch (stage) {
      case HIDDEN_FORWARD -> i / step.hidden() % 2 == 1;
      case OUTPUT_FORWARD -> i % 2 == 1;
      default -> true;
    };
  }

  private static boolean keeps(Stage stage, AlternativeStep step, int i, double low, double high) {
    double seen = step.seen(stage, i);
    if (step.isWrong(stage, i)) {
      return seen == low || seen == high;
    }
    double bound = step.bound(stage, i);
    return seen >= low - bound && seen <= high + bound;
  }
}
