package io.github.sumnet.report.bench;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.result.BenchRow;
import io.github.sumnet.bench.statistics.MedianInterval;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A benchmark's rows as CSV, plain numbers in seconds, bytes and samples a second. */
final class BenchCsv {
  private static final List<String> HEADER =
      List.of(
          "device",
          "engine",
          "precision",
          "hidden",
          "batchSize",
          "samplesPerSecond",
          "low",
          "high",
          "repetitions",
          "relativeDeviation",
          "noisy",
          "secondsPerStep",
          "secondsStartJvm",
          "secondsStartNd4j",
          "secondsGradientCheck",
          "secondsGenerateData",
          "secondsCopyToDevice",
          "secondsWarmUp",
          "forksNotSteady",
          "forksDataNotSteady",
          "forksCopyNotSteady",
          "peakResidentBytes",
          "deviceBytes",
          "problem");

  private BenchCsv() {}

  static String of(BenchResult result) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(HEADER);
      result.rows().forEach(row -> csv.writeRecord(cells(row)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return text.toString();
  }

  private static List<String> cells(BenchRow row) {
    List<String> cells = new ArrayList<>();
    add(cells, row.device(), row.engine(), row.precision(), row.hidden(), row.batchSize());
    MedianInterval rate = row.samplesPerSecond();
    if (rate == null) {
      cells.addAll(Arrays.asList(new String[HEADER.size() - cells.size() - 1]));
    } else {
      add(cells, rate.median(), rate.low(), rate.high(), row.raw().size());
      add(cells, row.noise().relativeDeviation(), row.noise().noisy());
      BenchRow.Parts parts = row.parts();
      add(cells, parts.step(), parts.startJvm(), parts.startNd4j(), parts.gradientCheck());
      add(cells, parts.generateData(), parts.copyToDevice(), parts.warmUp());
      add(cells, parts.forksNotSteady(), parts.forksDataNotSteady(), parts.forksCopyNotSteady());
      add(cells, row.memory().peakResidentBytes(), row.memory().deviceBytes());
    }
    add(cells, row.problem());
    return cells.stream().map(cell -> cell == null ? "" : cell).toList();
  }

  private static void add(List<String> cells, Object... values) {
    Arrays.stream(values).forEach(value -> cells.add(Objects.toString(value, null)));
  }
}
