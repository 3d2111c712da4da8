package io.github.sumnet.report.check;

import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.CheckResult;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.NonFiniteResult;
import io.github.sumnet.gradcheck.Repeatability;
import io.github.sumnet.gradcheck.verdict.Verdict;
import java.util.Locale;
import java.util.stream.Collectors;

/** Checks of several precisions and widths for people. */
public final class CheckText {
  private static final String ROW = "%-9s %-8s %-12s %9s %7s %13s %9s %10s%n";

  /** How far intermediate values speak for what trains. */
  static final String SECOND_PASS =
      "z, a, ŷ and the deltas come from a second pass over the samples, by the same operations; loss,"
          + " gradients and weights are those of the pass that trains";

  private CheckText() {}

  /** A table with a line for each, what did not pass in full, the words, and the verdict. */
  public static String of(CheckResult result) {
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            ROW,
            "precision",
            "network",
            "verdict",
            "checked",
            "wrong",
            "inconclusive",
            "confirmed",
            "worst"));
    for (GradientReport report : result.reports()) {
      EngineSpec engine = report.engine();
      text.append(
          format(
              ROW,
              engine.precision(),
              engine.topology(),
              report.verdict(),
              format("%,d", report.checked()),
              format("%,d", report.failed()),
              format("%,d", report.inconclusive()),
              format("%,d", report.confirmed()),
              ratio(report.worstErrorOverBound())));
    }
    text.append(System.lineSeparator());
    for (GradientReport report : result.reports()) {
      if (report.verdict() != Verdict.PASS) {
        text.append(GradientReportText.of(report)).append(System.lineSeparator());
      }
    }
    notes(result, text);
    EngineSpec engine = result.reports().get(0).engine();
    String verdict =
        format(
            "%s: %,d of %,d values of %s on %s checked, %,d wrong, %,d inconclusive, %,d skipped;"
                + " %s%n",
            result.verdict().toString().toUpperCase(Locale.ROOT),
            result.total(GradientReport::checked),
            result.total(r -> r.checked() + r.skipped()),
            judged(result.reports().get(0)),
            engine.place(),
            result.total(GradientReport::failed),
            result.total(GradientReport::inconclusive),
            result.total(GradientReport::skipped),
            worst(result.worstErrorOverBound(), result.total(GradientReport::atFloor)));
    return text + CheckLegend.of(text + verdict) + verdict;
  }

  private static void notes(CheckResult result, StringBuilder text) {
    GradientReport first = result.reports().get(0);
    if (!first.tracesTrainingPass()) {
      text.append(format("intermediate values: %s%n", SECOND_PASS));
    }
    first.repeatability().ifPresent(r -> text.append(format("%s%n", repeatability(r))));
    int undefined = result.total(GradientReport::undefined);
    if (undefined > 0) {
      text.append(
          format(
              "a finite loss with a gradient that is not, %d times (no derivative exists there, so"
                  + " the verdict does not count it): %s%n",
              undefined,
              result.reports().stream()
                  .flatMap(report -> report.nonFinite().stream())
                  .filter(r -> r.verdict() == Verdict.INCONCLUSIVE)
                  .map(NonFiniteResult::input)
                  .distinct()
                  .collect(Collectors.joining(", "))));
    }
  }

  static String repeatability(Repeatability r) {
    return format(
        "repeatability: %d runs %s; %s threads differ by %s",
        r.runs(),
        r.identical() ? "with the same bits" : "with DIFFERENT bits",
        String.join(", ", r.threads().stream().map(String::valueOf).toList()),
        r.threadSpread() == 0 ? "no bit" : format("up to %.0f ULPs", r.threadSpread()));
  }

  /** What was judged. */
  static String judged(GradientReport report) {
    return report
        .planted()
        .map(mutant -> "planted fault " + mutant)
        .orElseGet(() -> report.engine().type().toString());
  }

  /** The worst error in words, and how many values do not count for it. */
  static String worst(double errorOverBound, int atFloor) {
    return format(
        atFloor == 0
            ? "worst error %s of its bound"
            : "worst error %s of its bound, %,d values at a floor left out",
        ratio(errorOverBound),
        atFloor);
  }

  /** An error in units of its bound. */
  static String ratio(double errorOverBound) {
    return format(errorOverBound < 1000 ? "%.3f" : "%.1e", errorOverBound);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
