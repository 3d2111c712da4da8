package io.github.sumnet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Makes rows of what was written down about each visit. */
final class Rows {
  /** An interval that reaches further from the median than this share of it is noisy. */
  static final double MOST_HALF_WIDTH = 0.05;

  private Rows() {}

  /** A row for every case of the plan. */
  static List<BenchRow> of(BenchPlan plan, BenchEnvironment environment, List<Visit> visits) {
    return plan.cases().stream()
        .map(
            each ->
                row(
                    each,
                    visits.stream().filter(visit -> each.equals(visit.benchCase())).toList(),
                    environment))
        .toList();
  }

  private static BenchRow row(
      BenchCase benchCase, List<Visit> visits, BenchEnvironment environment) {
    List<Repetition> repetitions =
        visits.stream().map(Visit::repetition).filter(Objects::nonNull).toList();
    String problem =
        visits.stream()
            .map(Visit::problem)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(environment.problem(benchCase.device()));
    if (repetitions.isEmpty()) {
      return row(benchCase, null, repetitions, null, null, null, problem);
    }
    MedianInterval rate =
        new Bootstrap(benchCase, repetitions, r -> r.samplesPerSecond(benchCase.batchSize()))
            .interval();
    return row(
        benchCase,
        rate,
        repetitions,
        noise(rate, repetitions),
        parts(visits, repetitions),
        memory(visits),
        problem);
  }

  private static BenchRow row(
      BenchCase of,
      MedianInterval rate,
      List<Repetition> repetitions,
      BenchRow.Noise noise,
      BenchRow.Parts parts,
      BenchRow.Memory memory,
      String problem) {
    List<Double> raw = repetitions.stream().map(r -> r.samplesPerSecond(of.batchSize())).toList();
    return new BenchRow(
        of.device(),
        of.engine(),
        of.precision(),
        of.batchSize(),
        of.hidden(),
        rate,
        raw,
        repetitions,
        noise,
        parts,
        memory,
        problem);
  }

  private static BenchRow.Noise noise(MedianInterval rate, List<Repetition> repetitions) {
    double halfWidth = rate.relativeHalfWidth();
    double deviation =
        Statistics.deviation(repetitions.stream().map(r -> r.steps() / r.seconds()).toList());
    return new BenchRow.Noise(deviation, halfWidth, halfWidth > MOST_HALF_WIDTH);
  }

  private static BenchRow.Parts parts(List<Visit> visits, List<Repetition> repetitions) {
    List<Visit> warmUps = visits.stream().filter(visit -> visit.warmedUp() != null).toList();
    return new BenchRow.Parts(
        median(warmUps, visit -> visit.started().jvm()),
        median(warmUps, visit -> visit.started().nd4j()),
        median(warmUps, visit -> visit.prepared().gradientCheck()),
        median(warmUps, visit -> visit.prepared().generateData().seconds()),
        median(warmUps, visit -> visit.prepared().copyToDevice().seconds()),
        median(warmUps, visit -> visit.warmedUp().seconds()),
        median(repetitions, r -> r.seconds() / r.steps()),
        count(warmUps, visit -> !visit.warmedUp().steady()),
        count(warmUps, visit -> !visit.prepared().generateData().steady()),
        count(warmUps, visit -> !visit.prepared().copyToDevice().steady()));
  }

  private static int count(List<Visit> visits, Predicate<Visit> condition) {
    return (int) visits.stream().filter(condition).count();
  }

  private static <T> double median(List<T> all, ToDoubleFunction<T> value) {
    return Statistics.median(all.stream().mapToDouble(value).sorted().toArray());
  }

  private static BenchRow.Memory memory(List<Visit> visits) {
    List<BenchRow.Memory> all =
        visits.stream().map(Visit::memory).filter(Objects::nonNull).toList();
    List<Long> resident = new ArrayList<>();
    List<Long> device = new ArrayList<>();
    for (BenchRow.Memory each : all) {
      resident.add(each.peakResidentBytes());
      device.add(each.deviceBytes());
    }
    return new BenchRow.Memory(largest(resident), largest(device));
  }

  private static Long largest(List<Long> values) {
    return values.stream().filter(Objects::nonNull).max(Long::compare).orElse(null);
  }
}
