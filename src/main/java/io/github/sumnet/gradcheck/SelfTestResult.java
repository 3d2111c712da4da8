package io.github.sumnet.gradcheck;

import io.github.sumnet.gradcheck.verdict.Verdict;
import java.util.List;

/**
 * Whether the check can fail, and whether it fails without need.
 *
 * @param mutants every planted fault, in every precision in which it exists
 * @param trials the healthy trials, by precision
 */
public record SelfTestResult(List<MutantResult> mutants, List<TrialResult> trials) {
  /** Passes if every fault was caught in its stage and no healthy trial raised an alarm. */
  public Verdict verdict() {
    boolean allCaught = mutants.stream().allMatch(MutantResult::stageIsRight);
    boolean noAlarm = trials.stream().allMatch(trial -> trial.alarms() == 0);
    return allCaught && noAlarm ? Verdict.PASS : Verdict.FAIL;
  }
}
