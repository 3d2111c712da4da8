package io.github.sumnet.bench.result;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long training takes from start to end on one network: start-up, gradient check, samples,
 * copies and steps, added up from what was measured.
 *
 * @param precision the one that was asked for; the reference computes in double all the same
 * @param choices each engine on each device, in steps of the batch size that is the fastest for the
 *     job; fastest first
 */
public record Job(Precision precision, int hidden, long samples, List<Choice> choices) {
  /** One way to do the job, and its time in seconds. */
  public record Choice(Device device, BenchEngine engine, int batchSize, double seconds) {}

  public Job {
    choices = List.copyOf(choices);
  }

  /** The jobs on every network that something was measured of, networks on the outside. */
  public static List<Job> all(BenchPlan plan, List<BenchRow> rows, List<Long> samples) {
    List<Job> jobs = new ArrayList<>();
    for (int hidden : plan.hidden()) {
      for (Precision precision : plan.precisions()) {
        List<JobCost> costs =
            plan.devices().stream().flatMap(d -> costs(plan, rows, d, precision, hidden)).toList();
        if (!costs.isEmpty()) {
          samples.forEach(count -> jobs.add(of(precision, hidden, count, costs)));
        }
      }
    }
    return jobs;
  }

  private static Job of(Precision precision, int hidden, long samples, List<JobCost> costs) {
    Map<List<Object>, Choice> fastest = new LinkedHashMap<>();
    for (JobCost cost : costs) {
      BenchCase of = cost.benchCase();
      fastest.merge(
          List.of(of.device(), of.engine()),
          new Choice(of.device(), of.engine(), of.batchSize(), cost.seconds((double) samples)),
          (one, other) -> one.seconds() <= other.seconds() ? one : other);
    }
    return new Job(
        precision,
        hidden,
        samples,
        fastest.values().stream().sorted(Comparator.comparingDouble(Choice::seconds)).toList());
  }

  /**
   * From how many samples on a device takes less time than the CPU for every larger job too, each
   * with its best engine and batch size; infinite if it does not, NaN if one of the two was not
   * measured.
   */
  public static double paysFrom(
      BenchPlan plan, List<BenchRow> rows, Device device, Precision precision, int hidden) {
    List<JobCost> cpu = costs(plan, rows, Device.CPU, precision, hidden).toList();
    List<JobCost> other = costs(plan, rows, device, precision, hidden).toList();
    if (cpu.isEmpty() || other.isEmpty()) {
      return Double.NaN;
    }
    // Both minima are made of straight lines, so they change places where two lines cross.
    double[] crossings =
        other.stream()
            .flatMapToDouble(cost -> cpu.stream().mapToDouble(cost::crossing))
            .filter(place -> place > 0 && Double.isFinite(place))
            .sorted()
            .toArray();
    double last = crossings.length == 0 ? 0 : crossings[crossings.length - 1];
    if (least(other, 2 * last + 1) >= least(cpu, 2 * last + 1)) {
      return Double.POSITIVE_INFINITY;
    }
    for (int i = crossings.length - 1; i >= 0; i--) {
      double before = (crossings[i] + (i == 0 ? 0 : crossings[i - 1])) / 2;
      if (least(other, before) >= least(cpu, before)) {
        return crossings[i];
      }
    }
    return 0;
  }

  private static double least(List<JobCost> costs, double samples) {
    return costs.stream().mapToDouble(cost -> cost.seconds(samples)).min().orElseThrow();
  }

  private static Stream<JobCost> costs(
      BenchPlan plan, List<BenchRow> rows, Device device, Precision precision, int hidden) {
    return Series.of(rows, device, null, precision, hidden).rows().stream()
        .filter(BenchRow::isMeasured)
        .map(row -> JobCost.of(row, plan.threads()));
  }
}
