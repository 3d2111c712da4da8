package io.github.sumnet.gradcheck.verdict;

import io.github.sumnet.gradcheck.step.Stage;
import java.util.List;
import java.util.Set;

/**
 * What came out of one stage of a training step.
 *
 * @param step the step of the design, from 0
 * @param checked how many values were compared
 * @param failed how many of the engine's are wrong
 * @param inconclusive how many could not be judged
 * @param atFloor how many are as far from the truth as a floor is that they meet by definition
 * @param referenceFailed how many of the reference's are wrong
 * @param worstErrorOverBound the largest error in units of its bound, of values that are not at a
 *     floor; NaN if a value is NaN
 * @param passed the names of the values that passed and are not exactly 0, of a stage with values
 *     for the batch; else empty
 * @param components the comparisons themselves, wrong ones first; of many, a part
 */
public record StageResult(
    Stage stage,
    int step,
    int checked,
    int failed,
    int inconclusive,
    int atFloor,
    int referenceFailed,
    double worstErrorOverBound,
    Set<String> passed,
    List<Component> components) {
  /** Whether the engine or the reference is wrong somewhere. */
  public boolean isWrong() {
    return failed > 0 || referenceFailed > 0;
  }
}
