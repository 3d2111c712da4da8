package io.github.sumnet.gradcheck.verdict;

import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.network.DenseNetwork;
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
 * @param confirmed how many of the true derivatives an independent derivative agrees with
 * @param contradicted how many it does not agree with
 */
public record DesignResult(
    String design,
    List<Integer> samples,
    String blindTo,
    List<StageResult> stages,
    int confirmed,
    int contradicted) {
  /** The first stage of the first step with a wrong value, if there is one. */
  public Optional<StageResult> firstWrong() {
    return stages.stream().filter(StageResult::isWrong).findFirst();
  }

  /** A count summed over the stages. */
  public int total(ToIntFunction<StageResult> count) {
    return stages.stream().mapToInt(count).sum();
  }

  /** How many values belong to steps that were not taken. */
  public int skipped(DenseNetwork network) {
    int planned =
        samples.stream()
            .mapToInt(n -> Stage.all(network).stream().mapToInt(s -> s.size(network, n)).sum())
            .sum();
    return planned - total(StageResult::checked);
  }
}
