package io.github.sumnet.report.bench;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.result.Change;
import io.github.sumnet.bench.result.Comparison;
import io.github.sumnet.bench.statistics.Ratio;
import io.github.sumnet.report.document.TextTable;
import io.github.sumnet.report.document.UnitFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison of two benchmarks in a table, and in words what the table does not say. */
final class ComparisonTable {
  private ComparisonTable() {}

  static TextTable of(Comparison comparison) {
    return new TextTable(
        BenchTable.header(" before", " after", " change", " 95 % interval", "verdict"),
        comparison.changes().stream().map(ComparisonTable::row).toList());
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
  static List<String> sentences(Comparison comparison) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Before: "
            + origin(comparison.before())
            + ". After: "
            + origin(comparison.after())
            + ". Change is that of samples a second.");
    List<Change> changes = comparison.changes();
    sentences.add(
        String.format(
            Locale.ROOT,
            "%d of %d rows are faster, %d slower, %d inconclusive.",
            count(changes, Ratio.Verdict.FASTER),
            changes.size(),
            count(changes, Ratio.Verdict.SLOWER),
            count(changes, Ratio.Verdict.INCONCLUSIVE)));
    comparison
        .lost()
        .forEach(
            (row, problem) ->
                sentences.add(
                    "Not measured any more in "
                        + comparison.after().name()
                        + ": "
                        + row
                        + ": "
                        + problem));
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

  private static long count(List<Change> changes, Ratio.Verdict verdict) {
    return changes.stream().filter(change -> change.verdict() == verdict).count();
  }
}
