package io.github.sumnet.report;

import io.github.sumnet.bench.BenchResult;
import io.github.sumnet.bench.Change;
import io.github.sumnet.bench.Comparison;
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
    cells.add("[" + percent(change.low()) + ", " + percent(change.high()) + "]");
    cells.add(change.verdict().toString());
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
            "%d of %d rows are faster, %d slower, %d inconclusive: their intervals contain zero.",
            count(changes, Change.Verdict.FASTER),
            changes.size(),
            count(changes, Change.Verdict.SLOWER),
            count(changes, Change.Verdict.INCONCLUSIVE)));
    comparison
        .lost()
        .forEach((row, problem) -> sentences.add("Not measured any more: " + row + ": " + problem));
    comparison.unmatched().forEach(row -> sentences.add("Only in one of the two: " + row + "."));
    comparison.warnings().forEach(warning -> sentences.add("Warning: " + warning));
    return sentences;
  }

  private static String origin(BenchResult result) {
    String commit = result.environment().commit();
    return result.environment().start() + (commit == null ? "" : ", commit " + commit);
  }

  private static long count(List<Change> changes, Change.Verdict verdict) {
    return changes.stream().filter(change -> change.verdict() == verdict).count();
  }
}
