package io.github.sumnet.bench.statistics;

import io.github.sumnet.bench.BenchCase;
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
public final class Bootstrap {
  public static final int RESAMPLES = 2000;

  /** The resamplings of fewer say nothing of how repetitions differ. */
  public static final int LEAST_REPETITIONS = 3;

  private static final long SEED = 0x62656E63686D6B73L;

  private final double[] medians;
  private final double median;
  private final int count;
  private final double forkSpread;

  /**
   * Of the rates of these repetitions, at least one, in any order.
   *
   * @param benchCase what they are of: those of different cases are drawn independently
   */
  public Bootstrap(
      BenchCase benchCase, List<Repetition> repetitions, ToDoubleFunction<Repetition> rate) {
    TreeMap<Integer, List<Double>> byFork = new TreeMap<>();
    for (Repetition each : repetitions) {
      byFork.computeIfAbsent(each.fork(), f -> new ArrayList<>()).add(rate.applyAsDouble(each));
    }
    List<double[]> forks = byFork.values().stream().map(Bootstrap::sorted).toList();
    double[] all = forks.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    median = Sample.median(all);
    count = all.length;
    double[] ofForks = forks.stream().mapToDouble(Sample::median).sorted().toArray();
    forkSpread = ofForks[ofForks.length - 1] / ofForks[0] - 1;
    medians = new double[RESAMPLES];
    SplittableRandom random =
        new SplittableRandom(SplitMix64.mix(SEED ^ benchCase.toString().hashCode()));
    Arrays.setAll(medians, i -> resampledMedian(forks, random));
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
    return Sample.median(drawn.stream().flatMapToDouble(Arrays::stream).sorted().toArray());
  }

  /** The medians of the resamplings, in no order. */
  public double[] medians() {
    return medians.clone();
  }

  /** By how much of the smallest the medians of forks differ at most; 0 of a single one. */
  public double forkSpread() {
    return forkSpread;
  }

  /** The median with its 95 % interval; without where there are too few repetitions. */
  public MedianInterval interval() {
    if (count < LEAST_REPETITIONS) {
      return new MedianInterval(median, null, null);
    }
    double[] sorted = medians.clone();
    Arrays.sort(sorted);
    return new MedianInterval(
        median,
        Math.min(median, quantile(sorted, Ratio.TAIL)),
        Math.max(median, quantile(sorted, 1 - Ratio.TAIL)));
  }

  /** A quantile of sorted values, one of them. */
  public static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
