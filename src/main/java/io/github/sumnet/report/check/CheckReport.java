package io.github.sumnet.report.check;

import io.github.sumnet.data.Count;
import io.github.sumnet.gradcheck.CheckResult;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.NonFiniteResult;
import io.github.sumnet.gradcheck.SelfTestResult;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.DesignResult;
import io.github.sumnet.gradcheck.verdict.StageResult;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.OutputFormat;
import io.github.sumnet.report.document.Report;
import io.github.sumnet.report.document.TestSuite;
import io.github.sumnet.report.document.TestSuite.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
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
    result.reports().stream()
        .filter(report -> report.subject().engine().isEmpty())
        .forEach(report -> blocks.add(stages(report)));
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
                        report.subject().precision().toString(),
                        report.subject().description(),
                        report.verdict().toString(),
                        Count.of(report.checked()),
                        Count.of(report.failed()),
                        Count.of(report.inconclusive()),
                        Count.of(report.confirmed()),
                        GradientCheckReport.ratio(report.worstErrorOverBound())))
            .toList());
  }

  /** The stages of a network of one's own, whatever its layers are. */
  private static Block stages(GradientReport report) {
    return new Block.Table(
        report.subject().description() + ", " + report.subject().precision(),
        Column.join(
            Column.words("stage"), Column.numbers("checked", "wrong", "inconclusive", "worst")),
        byStage(report.results()).entrySet().stream()
            .map(
                stage ->
                    List.of(
                        stage.getKey().toString(),
                        sum(stage.getValue(), StageResult::checked),
                        sum(stage.getValue(), StageResult::failed),
                        sum(stage.getValue(), StageResult::inconclusive),
                        GradientCheckReport.ratio(worst(stage.getValue()))))
            .toList());
  }

  private static String sum(List<StageResult> results, ToIntFunction<StageResult> count) {
    return Count.of(results.stream().mapToInt(count).sum());
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

  /**
   * A suite for each design with a test for each stage, and one for the verdict: it fails for each
   * network that did not pass.
   */
  @Override
  public List<TestSuite> suites() {
    List<TestSuite> suites = new ArrayList<>();
    for (GradientReport report : result.reports()) {
      GradientCheckReport printed = new GradientCheckReport(report);
      String name =
          String.format(
              "%s on %s in %s, %s",
              printed.judged(),
              report.subject().place(),
              report.subject().precision(),
              report.subject().description());
      boolean passed = report.verdict() == Verdict.PASS || report.verdict() == Verdict.IN_BOUNDS;
      suites.add(
          new TestSuite(
              name,
              List.of(
                  new TestSuite.Case(
                      "verdict",
                      passed ? Outcome.PASSED : Outcome.FAILED,
                      passed ? "" : printed.summary(),
                      passed ? "" : OutputFormat.TEXT.of(printed)))));
      for (DesignResult design : report.results()) {
        suites.add(
            new TestSuite(
                name + ": " + design.design(),
                byStage(List.of(design)).entrySet().stream()
                    .map(stage -> test(stage.getKey(), stage.getValue()))
                    .toList()));
      }
    }
    selfTest.ifPresent(tested -> suites.add(SelfTestBlocks.suite(tested)));
    return suites;
  }

  private static TestSuite.Case test(Stage stage, List<StageResult> results) {
    int checked = results.stream().mapToInt(StageResult::checked).sum();
    int inconclusive = results.stream().mapToInt(StageResult::inconclusive).sum();
    if (results.stream().anyMatch(StageResult::isWrong)) {
      String message =
          "%s of %s wrong, %s of the reference; %s"
              .formatted(
                  sum(results, StageResult::failed),
                  Count.of(checked, "value"),
                  sum(results, StageResult::referenceFailed),
                  GradientCheckReport.worst(worst(results), 0));
      return new TestSuite.Case(stage.toString(), Outcome.FAILED, message, "");
    }
    return inconclusive < checked
        ? new TestSuite.Case(stage.toString(), Outcome.PASSED, "", "")
        : new TestSuite.Case(stage.toString(), Outcome.SKIPPED, "no value could be judged", "");
  }

  private static Map<Stage, List<StageResult>> byStage(List<DesignResult> designs) {
    return designs.stream()
        .flatMap(design -> design.stages().stream())
        .collect(Collectors.groupingBy(StageResult::stage, TreeMap::new, Collectors.toList()));
  }

  private static double worst(List<StageResult> results) {
    return results.stream().mapToDouble(StageResult::worstErrorOverBound).reduce(0, Math::max);
  }

  private String verdict() {
    GradientReport first = result.reports().get(0);
    int skipped = result.total(GradientReport::skipped);
    return String.format(
        Locale.ROOT,
        "%s: %s on %s: %s, %,d wrong, %,d inconclusive%s, worst error %s of its bound",
        result.verdict().toString().toUpperCase(Locale.ROOT),
        new GradientCheckReport(first).judged(),
        first.subject().place(),
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
