package io.github.sumnet.report.check;

import io.github.sumnet.gradcheck.MutantResult;
import io.github.sumnet.gradcheck.SelfTestResult;
import io.github.sumnet.gradcheck.TrialResult;
import io.github.sumnet.gradcheck.verdict.Verdict;
import java.util.Locale;
import java.util.function.Predicate;

/** What the check's test of itself came to, for people. */
public final class SelfTestText {
  private static final String ROW = "%-26s %-6s  %-26s %-27s  %-9s %s%n";

  private SelfTestText() {}

  /** A table of the planted faults, then the healthy trials, then the verdict. */
  public static String of(SelfTestResult result) {
    StringBuilder text = new StringBuilder();
    text.append(format(ROW, "", "", "", "", "Gradient-", "relative"));
    text.append(
        format(
            ROW, "planted fault", "", "first wrong stage", "suspected cause", "CheckUtil", "1e-3"));
    for (MutantResult m : result.mutants()) {
      text.append(
          format(
              ROW,
              m.mutant(),
              m.precision(),
              m.found().map(Object::toString).orElse("MISSED") + (m.stageIsRight() ? "" : " (?)"),
              (m.caught() ? m.suspected() : "-") + (m.causeIsRight() ? "" : " (?)"),
              m.caughtByCentralDifferences().map(SelfTestText::caught).orElse("-"),
              caught(m.caughtByTolerance())));
    }
    text.append(System.lineSeparator());
    long planted = result.mutants().size();
    text.append(
        format(
            "%d planted: %d caught, the stage right for %d, the cause for %d; GradientCheckUtil"
                + " would have caught %d of %d, a relative tolerance of 1e-3 %d%n",
            planted,
            count(result, MutantResult::caught),
            count(result, MutantResult::stageIsRight),
            count(result, MutantResult::causeIsRight),
            count(result, m -> m.caughtByCentralDifferences().orElse(false)),
            count(result, m -> m.caughtByCentralDifferences().isPresent()),
            count(result, MutantResult::caughtByTolerance)));
    for (TrialResult trial : result.trials()) {
      text.append(trial(trial));
    }
    text.append(
        format(
            "%s%n",
            result.verdict() == Verdict.PASS
                ? "PASS: every fault was caught in its stage, no healthy trial raised an alarm"
                : "FAIL: the check missed a fault, named a wrong stage or raised a false alarm"));
    return text.toString();
  }

  private static String trial(TrialResult trial) {
    return format(
        "%,d healthy trials in %s, %,d values: %,d false alarms, worst error %.3f of its bound, %,d"
            + " inconclusive; a relative tolerance of 1e-3 would have raised %,d%n",
        trial.trials(),
        trial.precision(),
        trial.values(),
        trial.alarms(),
        trial.worstErrorOverBound(),
        trial.inconclusive(),
        trial.toleranceAlarms());
  }

  private static long count(SelfTestResult result, Predicate<MutantResult> which) {
    return result.mutants().stream().filter(which).count();
  }

  private static String caught(boolean caught) {
    return caught ? "caught" : "missed";
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
