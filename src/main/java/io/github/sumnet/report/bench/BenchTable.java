package io.github.sumnet.report.bench;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.Memory;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.result.BenchRow;
import io.github.sumnet.bench.result.Job;
import io.github.sumnet.bench.statistics.MedianInterval;
import io.github.sumnet.data.Count;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.UnitFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The rows of a benchmark as tables. */
final class BenchTable {
  private BenchTable() {}

  static Block.Table rates(String caption, BenchResult result) {
    return new Block.Table(
        caption,
        columns("samples/s", "95 % interval", "a step", "deviation", "peak memory"),
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

  /** What else took time in every row that was measured. */
  static Block.Table parts(BenchResult result) {
    return new Block.Table(
        "Beside the rate: start of the process and of ND4J, gradient check, generating and copying"
            + " the data, warm-up",
        columns("JVM", "ND4J", "check", "data", "copy", "warm-up"),
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

  static Block.Table jobs(BenchResult result) {
    List<Long> samples = result.jobs().stream().map(Job::samples).distinct().toList();
    List<Column> columns =
        Column.join(
            Column.words("device", "engine", "network", "precision asked for"),
            Column.numbers(
                samples.stream().map(n -> Count.of(n, "sample")).toArray(String[]::new)));
    Map<List<String>, List<String>> times = new LinkedHashMap<>();
    for (Job job : result.jobs()) {
      for (Job.Choice choice : job.choices()) {
        times
            .computeIfAbsent(
                List.of(
                    choice.device().toString(),
                    choice.engine().toString(),
                    "2-" + job.hidden() + "-1",
                    job.precision().toString()),
                names -> new ArrayList<>(names))
            .add(UnitFormat.time(choice.seconds()) + " (" + Count.of(choice.batchSize()) + ")");
      }
    }
    return new Block.Table(
        "From start to end, in batches of the size in brackets, the fastest measured: start-up,"
            + " gradient check, samples, copies and steps",
        columns,
        List.copyOf(times.values()));
  }

  private static String warmTime(double seconds, int forksNotSteady) {
    return UnitFormat.time(seconds) + (forksNotSteady == 0 ? "" : " (not steady)");
  }

  /** The columns that say what a row is about, then others of numbers. */
  static List<Column> columns(String... numbers) {
    return Column.join(
        Column.words("device", "engine", "precision"),
        Column.numbers("hidden", "batch"),
        Column.numbers(numbers));
  }

  /** The cells below them; more can be added. */
  static List<String> names(BenchCase benchCase) {
    return new ArrayList<>(
        List.of(
            benchCase.device().toString(),
            benchCase.engine().toString(),
            benchCase.precision().toString(),
            Integer.toString(benchCase.hidden()),
            Count.of(benchCase.batchSize())));
  }

  /** Plain numbers in seconds, bytes and samples a second; what is unknown is empty. */
  static Block.Table plain(BenchResult result) {
    List<Map<String, Object>> rows = result.rows().stream().map(BenchTable::plain).toList();
    List<String> names = List.copyOf(rows.get(0).keySet());
    return new Block.Table(
        "",
        Column.words(names.toArray(String[]::new)),
        rows.stream()
            .map(row -> names.stream().map(name -> Objects.toString(row.get(name), "")).toList())
            .toList());
  }

  private static Map<String, Object> plain(BenchRow row) {
    Optional<MedianInterval> rate = Optional.ofNullable(row.samplesPerSecond());
    Optional<BenchRow.Noise> noise = Optional.ofNullable(row.noise());
    Optional<BenchRow.Parts> parts = Optional.ofNullable(row.parts());
    Optional<Memory> memory = Optional.ofNullable(row.memory());
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("device", row.device());
    plain.put("engine", row.engine());
    plain.put("precision", row.precision());
    plain.put("hidden", row.hidden());
    plain.put("batchSize", row.batchSize());
    plain.put("samplesPerSecond", rate.map(MedianInterval::median).orElse(null));
    plain.put("low", rate.map(MedianInterval::low).orElse(null));
    plain.put("high", rate.map(MedianInterval::high).orElse(null));
    plain.put("repetitions", rate.map(measured -> row.raw().size()).orElse(null));
    plain.put("relativeDeviation", noise.map(BenchRow.Noise::relativeDeviation).orElse(null));
    plain.put("noisy", noise.map(BenchRow.Noise::noisy).orElse(null));
    plain.put("secondsPerStep", parts.map(BenchRow.Parts::step).orElse(null));
    plain.put("secondsStartJvm", parts.map(BenchRow.Parts::startJvm).orElse(null));
    plain.put("secondsStartNd4j", parts.map(BenchRow.Parts::startNd4j).orElse(null));
    plain.put("secondsGradientCheck", parts.map(BenchRow.Parts::gradientCheck).orElse(null));
    plain.put("secondsGenerateData", parts.map(BenchRow.Parts::generateData).orElse(null));
    plain.put("secondsCopyToDevice", parts.map(BenchRow.Parts::copyToDevice).orElse(null));
    plain.put("secondsWarmUp", parts.map(BenchRow.Parts::warmUp).orElse(null));
    plain.put("forksNotSteady", parts.map(BenchRow.Parts::forksNotSteady).orElse(null));
    plain.put("forksDataNotSteady", parts.map(BenchRow.Parts::forksDataNotSteady).orElse(null));
    plain.put("forksCopyNotSteady", parts.map(BenchRow.Parts::forksCopyNotSteady).orElse(null));
    plain.put("peakResidentBytes", memory.map(Memory::peakResidentBytes).orElse(null));
    plain.put("deviceBytes", memory.map(Memory::deviceBytes).orElse(null));
    plain.put("problem", row.problem());
    return plain;
  }

  static String percent(double share) {
    return UnitFormat.number(100 * share) + " %";
  }
}
