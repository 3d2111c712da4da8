package io.github.sumnet.bench.result;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.Memory;
import io.github.sumnet.bench.Message;
import io.github.sumnet.bench.run.Visit;
import io.github.sumnet.bench.statistics.Bootstrap;
import io.github.sumnet.bench.statistics.MedianInterval;
import io.github.sumnet.bench.statistics.Medians;
import io.github.sumnet.bench.statistics.Repetition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Makes a row of what was written down about a case.
 *
 * @param visits the case's, oldest first
 */
record Rows(BenchCase benchCase, List<Visit> visits) {
  /** An interval that reaches further from the median than this share of it is noisy. */
  static final double MOST_HALF_WIDTH = 0.05;

  /** A row for every case of the plan. */
  static List<BenchRow> of(BenchPlan plan, BenchEnvironment environment, List<Visit> visits) {
    return plan.cases().stream()
        .map(
            each ->
                new Rows(each, visits.stream().filter(v -> each.equals(v.benchCase())).toList()))
        .map(rows -> rows.row(environment.problem(rows.benchCase.device())))
        .toList();
  }

  private <T extends Message> List<T> said(Class<T> type) {
    return visits.stream().map(visit -> visit.said(type)).flatMap(Optional::stream).toList();
  }

  /** The row; what is wrong with the device is its problem if nothing else is. */
  private BenchRow row(String deviceProblem) {
    List<Repetition> repetitions =
        visits.stream()
            .flatMap(visit -> visit.said(Message.Repeated.class).map(r -> of(visit, r)).stream())
            .toList();
    boolean measured = !repetitions.isEmpty();
    MedianInterval rate = measured ? Bootstrap.of(benchCase, repetitions).interval() : null;
    return new BenchRow(
        benchCase.device(),
        benchCase.engine(),
        benchCase.precision(),
        benchCase.batchSize(),
        benchCase.hidden(),
        rate,
        repetitions.stream().map(this::rate).toList(),
        repetitions,
        measured ? noise(rate, repetitions) : null,
        measured ? parts(repetitions) : null,
        measured ? memory() : null,
        said(Message.Failed.class).stream()
            .map(Message.Failed::problem)
            .findFirst()
            .orElse(deviceProblem));
  }

  private static Repetition of(Visit visit, Message.Repeated repeated) {
    return new Repetition(visit.fork(), repeated.steps(), repeated.seconds());
  }

  private double rate(Repetition repetition) {
    return repetition.samplesPerSecond(benchCase.batchSize());
  }

  private BenchRow.Noise noise(MedianInterval rate, List<Repetition> repetitions) {
    if (!rate.hasInterval()) {
      return new BenchRow.Noise(null, null, false);
    }
    double halfWidth = (rate.high() - rate.low()) / 2 / rate.median();
    double deviation = Medians.deviation(repetitions.stream().map(this::rate).toList());
    return new BenchRow.Noise(deviation, halfWidth, halfWidth > MOST_HALF_WIDTH);
  }

  private BenchRow.Parts parts(List<Repetition> repetitions) {
    List<Message.Started> started = said(Message.Started.class);
    List<Message.WarmedUp> warmedUp = said(Message.WarmedUp.class);
    return new BenchRow.Parts(
        median(started, Message.Started::jvm),
        median(started, Message.Started::nd4j),
        median(said(Message.Prepared.class), Message.Prepared::gradientCheck),
        median(warmedUp, each -> each.generateData().seconds()),
        median(warmedUp, each -> each.copyToDevice().seconds()),
        median(warmedUp, Message.WarmedUp::seconds),
        median(repetitions, r -> r.seconds() / r.steps()),
        count(warmedUp, each -> !each.steady()),
        count(warmedUp, each -> !each.generateData().steady()),
        count(warmedUp, each -> !each.copyToDevice().steady()));
  }

  private static <T> int count(List<T> all, Predicate<T> condition) {
    return (int) all.stream().filter(condition).count();
  }

  private static <T> double median(List<T> all, ToDoubleFunction<T> value) {
    return Medians.median(all.stream().mapToDouble(value).sorted().toArray());
  }

  private Memory memory() {
    return new Memory(largest(Memory::peakResidentBytes), largest(Memory::deviceBytes));
  }

  private Long largest(Function<Memory, Long> value) {
    return said(Message.Finished.class).stream()
        .map(Message.Finished::memory)
        .map(value)
        .filter(Objects::nonNull)
        .max(Long::compare)
        .orElse(null);
  }
}
