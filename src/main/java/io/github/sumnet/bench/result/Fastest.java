package io.github.sumnet.bench.result;

import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.statistics.MedianInterval;
import io.github.sumnet.bench.statistics.Ratio;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The fastest engine of a device on a network and a batch.
 *
 * @param precision the one that was asked for; the reference computes in double all the same
 * @param engine the one with the highest median
 * @param tooClose those than which it is not surely faster, from fast to slow
 */
public record Fastest(
    Device device,
    Precision precision,
    int hidden,
    int batchSize,
    BenchEngine engine,
    MedianInterval samplesPerSecond,
    List<BenchEngine> tooClose) {
  public Fastest {
    tooClose = List.copyOf(tooClose);
  }

  /** All that there is a rate of, devices on the outside, batch sizes on the inside. */
  public static List<Fastest> all(BenchPlan plan, List<BenchRow> rows) {
    List<Fastest> all = new ArrayList<>();
    for (int hidden : plan.hidden()) {
      for (Precision precision : plan.precisions()) {
        for (Device device : plan.devices()) {
          Series series = Series.of(rows, device, null, precision, hidden);
          for (int size : series.sizes()) {
            all.add(of(series.measured(size), precision));
          }
        }
      }
    }
    return all;
  }

  /** Of rows on the same device, network and batch, at least one. */
  private static Fastest of(List<BenchRow> rows, Precision precision) {
    List<BenchRow> byRate =
        rows.stream()
            .sorted(Comparator.comparingDouble(row -> -row.samplesPerSecond().median()))
            .toList();
    BenchRow first = byRate.get(0);
    return new Fastest(
        first.device(),
        precision,
        first.hidden(),
        first.batchSize(),
        first.engine(),
        first.samplesPerSecond(),
        byRate.stream()
            .skip(1)
            .filter(row -> ratio(first, row).verdict() != Ratio.Verdict.FASTER)
            .map(BenchRow::engine)
            .toList());
  }

  private static Ratio ratio(BenchRow row, BenchRow other) {
    return row.bootstrap().ratioTo(other.bootstrap());
  }
}
