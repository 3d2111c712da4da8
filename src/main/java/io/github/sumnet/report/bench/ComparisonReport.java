package io.github.sumnet.report.bench;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.result.Change;
import io.github.sumnet.bench.result.Comparison;
import io.github.sumnet.bench.statistics.MedianInterval;
import io.github.sumnet.bench.statistics.Ratio;
import io.github.sumnet.data.Count;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.Report;
import io.github.sumnet.report.document.UnitFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A comparison of two benchmarks: row by row, then what the rows do not say. */
public record ComparisonReport(Comparison comparison) implements Report {
  /** Grows whenever a reader of the version before would misunderstand what is written. */
  private static final int SCHEMA_VERSION = 1;

  @Override
  public String title() {
    return "Comparison of two benchmarks";
  }

  @Override
  public Document document() {
    List<Column> columns =
        Column.join(
            BenchTable.columns("before", "after", "change", "95 % interval"),
            Column.words("verdict"));
    return new Document(
        "",
        "",
        List.of(
            new Block.Table(
                "", columns, comparison.changes().stream().map(ComparisonReport::row).toList()),
            new Block.Bullets(false, sentences())));
  }

  private static List<String> row(Change change) {
    List<String> cells = BenchTable.names(change.benchCase());
    cells.add(UnitFormat.of(change.before().median()) + "/s");
    cells.add(UnitFormat.of(change.after().median()) + "/s");
    cells.add(percent(change.relative()));
    cells.add(
        change.low() == null
            ? "no interval"
            : "[" + percent(change.low()) + ", " + percent(change.high()) + "]");
    cells.add(change.verdict() + (change.doubt() == null ? "" : ": " + change.doubt()));
    return cells;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * share);
  }

  /** What was compared, what was not and why, and what speaks against it. */
  private List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Before: %s. After: %s. Change is that of samples a second."
            .formatted(origin(comparison.before()), origin(comparison.after())));
    sentences.add(
        String.format(
            Locale.ROOT,
            "Of %s %d are faster, %d slower, %d inconclusive.",
            Count.of(comparison.changes().size(), "row"),
            count(Ratio.Verdict.FASTER),
            count(Ratio.Verdict.SLOWER),
            count(Ratio.Verdict.INCONCLUSIVE)));
    comparison
        .lost()
        .forEach(
            (row, problem) ->
                sentences.add(
                    "Not measured any more in %s: %s: %s"
                        .formatted(comparison.after().name(), row, problem)));
    missing(comparison.before(), comparison.after(), comparison.onlyBefore(), sentences);
    missing(comparison.after(), comparison.before(), comparison.onlyAfter(), sentences);
    comparison.warnings().forEach(warning -> sentences.add("Warning: " + warning));
    return sentences;
  }

  private static void missing(
      Comparison.Side there, Comparison.Side not, List<BenchCase> rows, List<String> sentences) {
    for (BenchCase row : rows) {
      sentences.add("Not in " + not.name() + ", only in " + there.name() + ": " + row + ".");
    }
  }

  private static String origin(Comparison.Side side) {
    BenchEnvironment environment = side.result().environment();
    return side.name()
        + ", "
        + environment.start()
        + (environment.commit() == null ? "" : ", commit " + environment.commit());
  }

  private long count(Ratio.Verdict verdict) {
    return comparison.changes().stream().filter(change -> change.verdict() == verdict).count();
  }

  /** Shares are plain numbers: −0.05 is 5 % slower. */
  private record ComparisonJson(
      int schemaVersion,
      Origin before,
      Origin after,
      List<Map<String, Object>> rows,
      List<Map<String, Object>> lost,
      List<Map<String, Object>> unmatched,
      List<String> warnings) {}

  private record Origin(
      String file, String start, String commit, boolean complete, Double busyCores) {
    static Origin of(Comparison.Side side) {
      return new Origin(
          side.name(),
          side.result().environment().start(),
          side.result().environment().commit(),
          side.result().complete(),
          side.result().mostBusyCores());
    }
  }

  @Override
  public Object json() {
    return new ComparisonJson(
        SCHEMA_VERSION,
        Origin.of(comparison.before()),
        Origin.of(comparison.after()),
        comparison.changes().stream().map(ComparisonReport::json).toList(),
        comparison.lost().entrySet().stream()
            .map(lost -> json(lost.getKey(), Map.of("problem", lost.getValue())))
            .toList(),
        Stream.concat(
                comparison.onlyBefore().stream().map(row -> json(row, comparison.after())),
                comparison.onlyAfter().stream().map(row -> json(row, comparison.before())))
            .toList(),
        comparison.warnings());
  }

  private static Map<String, Object> json(Change change) {
    Map<String, Object> findings = new LinkedHashMap<>();
    findings.put("before", change.before());
    findings.put("after", change.after());
    findings.put("change", new MedianInterval(change.relative(), change.low(), change.high()));
    findings.put("forkSpread", change.forkSpread());
    findings.put("verdict", change.verdict());
    findings.put("doubt", change.doubt());
    return json(change.benchCase(), findings);
  }

  private static Map<String, Object> json(BenchCase row, Comparison.Side not) {
    return json(row, Map.of("missingIn", not.name()));
  }

  private static Map<String, Object> json(BenchCase row, Map<String, Object> findings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("device", row.device());
    json.put("engine", row.engine());
    json.put("precision", row.precision());
    json.put("batchSize", row.batchSize());
    json.put("hidden", row.hidden());
    json.putAll(findings);
    return json;
  }
}
