package io.github.sumnet.bench;

import io.github.sumnet.network.SplitMix64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * How far a median would spread if everything were measured again: forks are drawn with
 * replacement, then repetitions within each of them, {@value #RESAMPLES} times. Of F forks F − 1
 * are drawn, since F of F would make the spread between them too small by (F − 1)/F (Rao and Wu
 * 1988); a single fork is always drawn. The same case and as many values are always drawn alike.
 */
final class Bootstrap {
  static final int RESAMPLES = 2000;
  private static final long SEED = 0x62656E63686D6B73L;
  private static final double TAIL = 0.025;

  private final double[] medians;
  private final double median;

  /**
   * Of the rates of these repetitions, at least one, in any order.
   *
   * @param benchCase what they are of: those of different cases are drawn independently
   */
  Bootstrap(BenchCase benchCase, List<Repetition> repetitions, ToDoubleFunction<Repetition> rate) {
    TreeMap<Integer, List<Double>> byFork = new TreeMap<>();
    for (Repetition each : repetitions) {
      byFork.computeIfAbsent(each.fork(), f -> new ArrayList<>()).add(rate.applyAsDouble(each));
    }
    List<double[]> forks = byFork.values().stream().map(Bootstrap::sorted).toList();
    double[] all = forks.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    median = Statistics.median(all);
    medians = new double[RESAMPLES];
    SplittableRandom random =
        new SplittableRandom(SplitMix64.mix(SEED ^ benchCase.toString().hashCode()));
    Arrays.setAll(medians, i -> resampledMedian(forks, random));
  }

  /** Of a measured row's rates. */
  static Bootstrap of(BenchRow row) {
    return new Bootstrap(
        row.benchCase(), row.repetitions(), r -> r.samplesPerSecond(row.batchSize()));
  }

  private static double[] sorted(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private static double resampledMedian(List<double[]> forks, SplittableRandom random) {
    int draws = Math.max(1, forks.size() - 1);
    List<double[]> drawn = new ArrayList<>();
    for (int i = 0; i < draws; i++) {
      double[] fork = forks.get(random.nextInt(forks.size()));
      double[] values = new double[fork.length];
      Arrays.setAll(values, k -> fork[random.nextInt(fork.length)]);
      drawn.add(values);
    }
    return Statistics.median(drawn.stream().flatMapToDouble(Arrays::stream).sorted().toArray());
  }

  /** The medians of the resamplings, in no order. */
  double[] medians() {
    return medians.clone();
  }

  /** The median with its 95 % interval. */
  MedianInterval interval() {
    double[] sorted = medians.clone();
    Arrays.sort(sorted);
    return new MedianInterval(
        median,
        Math.min(median, quantile(sorted, TAIL)),
        Math.max(median, quantile(sorted, 1 - TAIL)));
  }

  /** A quantile of sorted values, one of them. */
  static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
