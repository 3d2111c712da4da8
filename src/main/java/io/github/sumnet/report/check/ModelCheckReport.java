package io.github.sumnet.report.check;

import io.github.sumnet.data.Count;
import io.github.sumnet.gradcheck.ModelCheck;
import io.github.sumnet.gradcheck.diagnosis.Failure;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.Component;
import io.github.sumnet.gradcheck.verdict.StageResult;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Checks of models of one's own: one document for all. */
public record ModelCheckReport(List<ModelCheck> checks) implements Report {
  /** Comparisons of the first wrong stage that are printed. */
  private static final int MOST_COMPONENTS = 12;

  public ModelCheckReport {
    checks = List.copyOf(checks);
  }

  /** Fails if any check does; else inconclusive if any is. */
  public Verdict verdict() {
    List<Verdict> verdicts = checks.stream().map(ModelCheck::verdict).toList();
    if (verdicts.contains(Verdict.FAIL)) {
      return Verdict.FAIL;
    }
    return verdicts.contains(Verdict.INCONCLUSIVE) ? Verdict.INCONCLUSIVE : Verdict.PASS;
  }

  @Override
  public String title() {
    return "Gradient check: " + verdict();
  }

  @Override
  public Document document() {
    List<Block> blocks = new ArrayList<>();
    for (ModelCheck check : checks) {
      blocks.add(new Block.Table(heading(check), COLUMNS, rows(check)));
      check.failure().ifPresent(failure -> blocks.addAll(failure(failure)));
      if (check.verdict() == Verdict.INCONCLUSIVE) {
        blocks.add(
            new Block.Text(
                Count.of(check.unproven(), "parameter")
                    + " had no derivative but 0 in any design, or none that could be judged:"
                    + " nothing is certified."));
      }
    }
    List<Block> verdicts =
        checks.stream().<Block>map(check -> new Block.Text(summary(check))).toList();
    List<Block> explained = new ArrayList<>(blocks);
    explained.addAll(verdicts);
    CheckLegend.of(explained).ifPresent(blocks::add);
    blocks.addAll(verdicts);
    return new Document("", "", blocks);
  }

  private static final List<Column> COLUMNS =
      Column.join(
          Column.words("stage"), Column.numbers("checked", "wrong", "inconclusive", "worst"));

  private static String heading(ModelCheck check) {
    return check.name() + ", " + layers(check) + ", " + check.precision();
  }

  private static String layers(ModelCheck check) {
    return check.network()
        + " ("
        + check.network().layers().stream()
            .map(layer -> layer.activation() + (layer.bias() ? "" : " without biases"))
            .collect(Collectors.joining(", "))
        + "; "
        + check.network().loss()
        + ")";
  }

  private static Map<Stage, List<StageResult>> stages(ModelCheck check) {
    return check.results().stream()
        .flatMap(result -> result.stages().stream())
        .collect(Collectors.groupingBy(StageResult::stage, TreeMap::new, Collectors.toList()));
  }

  private static List<List<String>> rows(ModelCheck check) {
    List<List<String>> rows = new ArrayList<>();
    stages(check)
        .forEach(
            (stage, results) ->
                rows.add(
                    List.of(
                        stage.toString(),
                        Count.of(results.stream().mapToInt(StageResult::checked).sum()),
                        Count.of(results.stream().mapToInt(StageResult::failed).sum()),
                        Count.of(results.stream().mapToInt(StageResult::inconclusive).sum()),
                        GradientCheckReport.ratio(worst(results)))));
    return rows;
  }

  private static double worst(List<StageResult> results) {
    return results.stream().mapToDouble(StageResult::worstErrorOverBound).max().orElse(0);
  }

  private static List<Block> failure(Failure failure) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("first wrong stage", failure.stage() + ", in design '" + failure.design() + "'");
    facts.put("suspicion", "the " + failure.stage() + " " + failure.suspicion().hint());
    facts.put("smallest case", Count.of(failure.samples(), "sample"));
    List<Column> columns =
        Column.join(
            Column.words(""),
            Column.numbers("engine", "reference", "truth", "error", "bound"),
            Column.words("verdict"));
    List<List<String>> rows =
        failure.components().stream().limit(MOST_COMPONENTS).map(ModelCheckReport::row).toList();
    return List.of(
        new Block.Facts("", facts), new Block.Table(failure.stage().toString(), columns, rows));
  }

  private static List<String> row(Component c) {
    return List.of(
        c.sample() < 0 ? c.name() : c.name() + " #" + (c.sample() + 1),
        format("%.9g", c.engine()),
        format("%.9g", c.reference()),
        format("%.9g", c.truth().doubleValue()),
        format("%.2g", c.error()),
        format("%.2g", c.bound()),
        c.verdict().toString());
  }

  private static String summary(ModelCheck check) {
    return format(
        "%s: %s, %s in %s: %s, %,d wrong, %,d inconclusive, worst error %s of its bound",
        check.verdict().toString().toUpperCase(Locale.ROOT),
        check.name(),
        layers(check),
        check.precision(),
        Count.of(check.total(StageResult::checked), "value"),
        check.total(StageResult::failed),
        check.total(StageResult::inconclusive),
        GradientCheckReport.ratio(check.worstErrorOverBound()));
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  private record StageJson(
      String stage, int checked, int failed, int inconclusive, double worstErrorOverBound) {}

  private record CheckJson(
      Verdict verdict,
      String model,
      String network,
      String precision,
      int checked,
      int failed,
      int inconclusive,
      int unproven,
      double worstErrorOverBound,
      String firstWrongStage,
      String cause,
      List<StageJson> stages) {}

  @Override
  public Object json() {
    return checks.stream().map(ModelCheckReport::json).toList();
  }

  private static CheckJson json(ModelCheck check) {
    List<StageJson> stages = new ArrayList<>();
    stages(check)
        .forEach(
            (stage, results) ->
                stages.add(
                    new StageJson(
                        stage.toString(),
                        results.stream().mapToInt(StageResult::checked).sum(),
                        results.stream().mapToInt(StageResult::failed).sum(),
                        results.stream().mapToInt(StageResult::inconclusive).sum(),
                        worst(results))));
    return new CheckJson(
        check.verdict(),
        check.name(),
        layers(check),
        check.precision().toString(),
        check.total(StageResult::checked),
        check.total(StageResult::failed),
        check.total(StageResult::inconclusive),
        check.unproven(),
        check.worstErrorOverBound(),
        check.failure().map(failure -> failure.stage().toString()).orElse(null),
        check.failure().map(failure -> failure.suspicion().cause().toString()).orElse(null),
        stages);
  }
}
