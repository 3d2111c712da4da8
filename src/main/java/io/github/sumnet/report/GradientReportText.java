package io.github.sumnet.report;

import io.github.sumnet.gradcheck.Component;
import io.github.sumnet.gradcheck.DesignResult;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.StageResult;
import java.util.Locale;

/** A gradient check for people. */
public final class GradientReportText {
  private static final String ROW = "  %-6s %16s %16s %10s %10s %8s  %s%n";

  private GradientReportText() {}

  /** One line: the verdict and what it rests on. */
  public static String summary(GradientReport report) {
    return String.format(
        Locale.ROOT,
        "gradient check: %s, %d values of %s on %s in %s against the truth, %d wrong, %d"
            + " inconclusive, worst error %.2f of its bound",
        report.verdict(),
        report.checked(),
        report.engine().type(),
        report.engine().device(),
        report.engine().precision(),
        report.failed(),
        report.inconclusive(),
        report.worstErrorOverBound());
  }

  /** The summary and a table of every design that did not pass. */
  public static String of(GradientReport report) {
    StringBuilder text = new StringBuilder(summary(report)).append(System.lineSeparator());
    for (DesignResult result : report.results()) {
      result.firstWrong().ifPresent(stage -> text.append(table(result, stage)));
    }
    return text.toString();
  }

  private static String table(DesignResult result, StageResult stage) {
    StringBuilder table = new StringBuilder();
    table.append(String.format(Locale.ROOT, "%s, %s%n", result.design(), stage.stage()));
    table.append(
        String.format(
            Locale.ROOT, ROW, "", "engine", "truth", "error", "bound", "ratio", "verdict"));
    for (Component c : stage.components()) {
      table.append(
          String.format(
              Locale.ROOT,
              ROW,
              c.name(),
              String.format(Locale.ROOT, "%.9g", c.engine()),
              String.format(Locale.ROOT, "%.9g", c.truth().doubleValue()),
              String.format(Locale.ROOT, "%.2g", c.error()),
              String.format(Locale.ROOT, "%.2g", c.bound()),
              String.format(Locale.ROOT, "%.2g", c.errorOverBound()),
              c.verdict()));
    }
    return table.toString();
  }
}
