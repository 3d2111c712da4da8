package io.github.sumnet.report.check;

import io.github.sumnet.data.Count;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.CheckResult;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.NonFiniteResult;
import io.github.sumnet.gradcheck.SelfTestResult;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks of several precisions and widths.
 *
 * @param selfTest empty if the check did not test itself
 */
public record CheckReport(CheckResult result, Optional<SelfTestResult> selfTest) implements Report {
  @Override
  public String title() {
    return "Gradient check: " + result.verdict();
  }

  @Override
  public Document document() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(table());
    for (GradientReport report : result.reports()) {
      if (report.verdict() != Verdict.PASS) {
        blocks.addAll(new GradientCheckReport(report).blocks());
      }
    }
    notes(blocks);
    Block verdict = new Block.Text(verdict());
    List<Block> explained = new ArrayList<>(blocks);
    explained.add(verdict);
    CheckLegend.of(explained).ifPresent(blocks::add);
    blocks.add(verdict);
    selfTest.ifPresent(tested -> blocks.addAll(SelfTestBlocks.of(tested)));
    return new Document("", "", blocks);
  }

  private Block table() {
    return new Block.Table(
        "",
        Column.join(
            Column.words("precision", "network", "verdict"),
            Column.numbers("checked", "wrong", "inconclusive", "confirmed", "worst")),
        result.reports().stream()
            .map(
                report ->
                    List.of(
                        report.engine().precision().toString(),
                        report.engine().topology().toString(),
                        report.verdict().toString(),
                        Count.of(report.checked()),
                        Count.of(report.failed()),
                        Count.of(report.inconclusive()),
                        Count.of(report.confirmed()),
                        GradientCheckReport.ratio(report.worstErrorOverBound())))
            .toList());
  }

  private void notes(List<Block> blocks) {
    GradientReport first = result.reports().get(0);
    if (!first.tracesTrainingPass()) {
      blocks.add(new Block.Text("intermediate values: " + GradientCheckReport.SECOND_PASS));
    }
    first
        .repeatability()
        .ifPresent(r -> blocks.add(new Block.Text(GradientCheckReport.repeatability(r))));
    int atFloor = result.total(GradientReport::atFloor);
    if (atFloor > 0) {
      blocks.add(
          new Block.Text(
              "at a floor: " + Count.of(atFloor, "value") + ", not counted for the worst error"));
    }
    int undefined = result.total(GradientReport::undefined);
    if (undefined > 0) {
      blocks.add(
          new Block.Text(
              "a finite loss with a gradient that is not, "
                  + Count.of(undefined, "time")
                  + " (no derivative exists there, so the verdict does not count it): "
                  + result.reports().stream()
                      .flatMap(report -> report.nonFinite().stream())
                      .filter(r -> r.verdict() == Verdict.INCONCLUSIVE)
                      .map(NonFiniteResult::input)
                      .distinct()
                      .collect(Collectors.joining(", "))));
    }
  }

  private String verdict() {
    GradientReport first = result.reports().get(0);
    EngineSpec engine = first.engine();
    int skipped = result.total(GradientReport::skipped);
    return String.format(
        Locale.ROOT,
        "%s: %s on %s: %s, %,d wrong, %,d inconclusive%s, worst error %s of its bound",
        result.verdict().toString().toUpperCase(Locale.ROOT),
        new GradientCheckReport(first).judged(),
        engine.place(),
        Count.of(result.total(GradientReport::checked), "value"),
        result.total(GradientReport::failed),
        result.total(GradientReport::inconclusive),
        skipped == 0 ? "" : ", " + Count.of(skipped) + " skipped",
        GradientCheckReport.ratio(result.worstErrorOverBound()));
  }

  /**
   * The document for programs.
   *
   * @param firstWrongStage null if none is wrong
   */
  private record CheckJson(
      Verdict verdict,
      int components,
      int checked,
      int skipped,
      int failed,
      int inconclusive,
      int undefined,
      int atFloor,
      double worstErrorOverBound,
      String firstWrongStage,
      List<GradientCheckJson.FailureJson> failures,
      Optional<SelfTestJson.Mutants> mutants,
      Optional<SelfTestJson.FalseAlarms> falseAlarms,
      List<GradientCheckJson> reports) {}

  @Override
  public Object json() {
    List<GradientCheckJson> reports = result.reports().stream().map(GradientCheckJson::of).toList();
    return new CheckJson(
        result.verdict(),
        result.total(r -> r.checked() + r.skipped()),
        result.total(GradientReport::checked),
        result.total(GradientReport::skipped),
        result.total(GradientReport::failed),
        result.total(GradientReport::inconclusive),
        result.total(GradientReport::undefined),
        result.total(GradientReport::atFloor),
        result.worstErrorOverBound(),
        result.firstWrongStage().map(Stage::toString).orElse(null),
        reports.stream()
            .map(GradientCheckJson::failure)
            .filter(failure -> failure != null)
            .toList(),
        selfTest.map(SelfTestJson.Mutants::of),
        selfTest.map(SelfTestJson.FalseAlarms::of),
        reports);
  }
}
