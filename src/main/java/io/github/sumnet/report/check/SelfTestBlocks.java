package io.github.sumnet.report.check;

import io.github.sumnet.data.Count;
import io.github.sumnet.gradcheck.MutantResult;
import io.github.sumnet.gradcheck.SelfTestResult;
import io.github.sumnet.gradcheck.TrialResult;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.TestSuite;
import io.github.sumnet.report.document.TestSuite.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the check's test of itself came to: the planted faults, the healthy trials, the verdict. */
final class SelfTestBlocks {
  private static final List<Column> COLUMNS =
      Column.words(
          "planted fault",
          "",
          "first wrong stage",
          "suspected cause",
          "GradientCheckUtil",
          "relative 1e-3");

  private SelfTestBlocks() {}

  static List<Block> of(SelfTestResult result) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Table("", COLUMNS, result.mutants().stream().map(SelfTestBlocks::row).toList()));
    blocks.add(new Block.Text(planted(result)));
    result.trials().forEach(trial -> blocks.add(new Block.Text(healthy(trial))));
    blocks.add(
        new Block.Text(
            result.verdict() == Verdict.PASS
                ? "PASS: every fault was caught in its stage, no healthy trial raised an alarm"
                : "FAIL: the check missed a fault, named a wrong stage or raised a false alarm"));
    return blocks;
  }

  /** A test for each planted fault, and for the healthy trials in each precision. */
  static TestSuite suite(SelfTestResult result) {
    return new TestSuite(
        "self-test",
        Stream.concat(
                result.mutants().stream()
                    .map(
                        m ->
                            Case.of(
                                m.fault() + " in " + m.precision(),
                                !m.stageIsRight(),
                                "the fault was missed, or its stage is wrong: "
                                    + String.join(", ", row(m)))),
                result.trials().stream()
                    .map(
                        trial ->
                            Case.of(
                                "healthy trials in " + trial.precision(),
                                trial.alarms() > 0,
                                healthy(trial))))
            .toList());
  }

  private static List<String> row(MutantResult m) {
    return List.of(
        m.fault().toString(),
        m.precision().toString(),
        m.found().map(Object::toString).orElse("MISSED") + (m.stageIsRight() ? "" : " (?)"),
        (m.caught() ? m.suspected() : "-") + (m.causeIsRight() ? "" : " (?)"),
        m.caughtByCentralDifferences().map(SelfTestBlocks::caught).orElse("-"),
        m.caughtByTolerance().map(SelfTestBlocks::caught).orElse("-"));
  }

  private static String planted(SelfTestResult result) {
    String planted =
        String.format(
            Locale.ROOT,
            "%d planted: %d caught, the stage right for %d, the cause for %d",
            result.mutants().size(),
            count(result, MutantResult::caught),
            count(result, MutantResult::stageIsRight),
            count(result, MutantResult::causeIsRight));
    boolean compared = result.mutants().stream().anyMatch(m -> m.caughtByTolerance().isPresent());
    return planted
        + (compared
            ? String.format(
                Locale.ROOT,
                "; GradientCheckUtil would have caught %d of %d, a relative tolerance of 1e-3 %d",
                count(result, m -> m.caughtByCentralDifferences().orElse(false)),
                count(result, m -> m.caughtByCentralDifferences().isPresent()),
                count(result, m -> m.caughtByTolerance().orElse(false)))
            : "");
  }

  private static String healthy(TrialResult trial) {
    return String.format(
        Locale.ROOT,
        "%s in %s, %s: %s, worst error %.3f of its bound, %,d inconclusive; a relative tolerance of"
            + " 1e-3 would have raised %,d",
        Count.of(trial.trials(), "healthy trial"),
        trial.precision(),
        Count.of(trial.values(), "value"),
        Count.of(trial.alarms(), "false alarm"),
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
}
