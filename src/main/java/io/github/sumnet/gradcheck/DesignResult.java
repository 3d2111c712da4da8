package io.github.sumnet.gradcheck;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * What came out of one design.
 *
 * @param design its name
 * @param samples how many samples each of its steps has
 * @param blindTo which faults it cannot show; empty if none are known
 * @param stages the stages of its steps, in order
 */
public record DesignResult(
    String design, List<Integer> samples, String blindTo, List<StageResult> stages) {
  /** The first stage of the first step with a wrong value, if there is one. */
  public Optional<StageResult> firstWrong() {
    return stages.stream()
        .filter(stage -> stage.failed() > 0 || stage.referenceFailed() > 0)
        .findFirst();
  }

  /** A count summed over the stages. */
  int total(ToIntFunction<StageResult> count) {
    return stages.stream().mapToInt(count).sum();
  }
}
