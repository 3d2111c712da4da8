package io.github.sumnet.gradcheck;

import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.Verdict;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * What checks of several precisions and widths came to.
 *
 * @param reports one for each, at least one
 */
public record CheckResult(List<GradientReport> reports) {
  public CheckResult {
    reports = List.copyOf(reports);
  }

  /** Fails if any does; else what all of them say, or inconclusive if they differ. */
  public Verdict verdict() {
    Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
    reports.forEach(report -> verdicts.add(report.verdict()));
    if (verdicts.contains(Verdict.FAIL)) {
      return Verdict.FAIL;
    }
    return verdicts.size() == 1 ? verdicts.iterator().next() : Verdict.INCONCLUSIVE;
  }

  /** A count summed over the reports. */
  public int total(ToIntFunction<GradientReport> count) {
    return reports.stream().mapToInt(count).sum();
  }

  /** The largest error in units of its bound, of values that are not at a floor. */
  public double worstErrorOverBound() {
    return reports.stream().mapToDouble(GradientReport::worstErrorOverBound).reduce(0, Math::max);
  }

  /** The earliest stage that went wrong in any of them. */
  public Optional<Stage> firstWrongStage() {
    return reports.stream()
        .flatMap(report -> report.firstWrongStage().stream())
        .min(Comparator.naturalOrder());
  }
}
