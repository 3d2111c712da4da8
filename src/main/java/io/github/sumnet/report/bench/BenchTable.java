package io.github.sumnet.report.bench;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.Memory;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.result.BenchRow;
import io.github.sumnet.report.document.TextTable;
import io.github.sumnet.report.document.UnitFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rows of a benchmark as tables. */
final class BenchTable {
  private BenchTable() {}

  /** The table of rates. */
  static TextTable rates(BenchResult result) {
    return new TextTable(
        header(" samples/s", " 95 % interval", " a step", " deviation", " peak memory"),
        result.rows().stream().filter(BenchRow::isMeasured).map(BenchTable::rate).toList());
  }

  private static List<String> rate(BenchRow row) {
    List<String> cells = names(row.benchCase());
    cells.add(UnitFormat.of(row.samplesPerSecond().median()));
    cells.add(UnitFormat.interval(row.samplesPerSecond()));
    cells.add(UnitFormat.time(row.parts().step()));
    Double deviation = row.noise().relativeDeviation();
    cells.add(
        deviation == null ? "unknown" : percent(deviation) + (row.noise().noisy() ? " noisy" : ""));
    cells.add(memory(row.memory()));
    return cells;
  }

  private static String memory(Memory memory) {
    List<String> parts = new ArrayList<>();
    if (memory.peakResidentBytes() != null) {
      parts.add(UnitFormat.bytes(memory.peakResidentBytes()));
    }
    if (memory.deviceBytes() != null) {
      parts.add(UnitFormat.bytes(memory.deviceBytes()) + " on the device");
    }
    return String.join(", ", parts);
  }

  /** What else took time. */
  static TextTable parts(BenchResult result) {
    return new TextTable(
        header(" JVM", " ND4J", " check", " data", " copy", " warm-up"),
        result.rows().stream().filter(BenchRow::isMeasured).map(BenchTable::parts).toList());
  }

  private static List<String> parts(BenchRow row) {
    BenchRow.Parts parts = row.parts();
    List<String> cells = names(row.benchCase());
    cells.add(UnitFormat.time(parts.startJvm()));
    cells.add(UnitFormat.time(parts.startNd4j()));
    cells.add(UnitFormat.time(parts.gradientCheck()));
    cells.add(warmTime(parts.generateData(), parts.forksDataNotSteady()));
    cells.add(warmTime(parts.copyToDevice(), parts.forksCopyNotSteady()));
    cells.add(warmTime(parts.warmUp(), parts.forksNotSteady()));
    return cells;
  }

  private static String warmTime(double seconds, int forksNotSteady) {
    return UnitFormat.time(seconds) + (forksNotSteady == 0 ? "" : " (not steady)");
  }

  /** The columns that say what a row is about, then others. */
  static List<String> header(String... others) {
    List<String> columns =
        new ArrayList<>(List.of("device", "engine", "precision", " hidden", " batch"));
    columns.addAll(List.of(others));
    return columns;
  }

  /** The cells below them; more can be added. */
  static List<String> names(BenchCase benchCase) {
    return new ArrayList<>(
        List.of(
            benchCase.device().toString(),
            benchCase.engine().toString(),
            benchCase.precision().toString(),
            Integer.toString(benchCase.hidden()),
            String.format(Locale.ROOT, "%,d", benchCase.batchSize())));
  }

  static String percent(double share) {
    return UnitFormat.number(100 * share) + " %";
  }
}
