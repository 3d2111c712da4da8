package io.github.sumnet.bench.statistics;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.network.SplitMix64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How far a median rate would spread if everything were measured again: forks are drawn with
 * replacement, then repetitions within each of them, {@value #RESAMPLES} times. Of F forks F − 1
 * are drawn, since F of F would make the spread between them too small by (F − 1)/F (Rao and Wu
 * 1988); a single fork is always drawn. The same case and as many values are always drawn alike.
 */
public final class Bootstrap {
  static final int RESAMPLES = 2000;

  /** The resamplings of fewer say nothing of how repetitions differ. */
  public static final int LEAST_REPETITIONS = 3;

  private static final long SEED = 0x62656E63686D6B73L;
  private static final double TAIL = 0.025;

  private final double median;
  private final double[] medians;
  private final boolean enough;
  private final double forkSpread;

  private Bootstrap(double median, double[] medians, boolean enough, double forkSpread) {
    this.median = median;
    this.medians = medians;
    this.enough = enough;
    this.forkSpread = forkSpread;
  }

  /**
   * Of the rates in samples a second of these repetitions, at least one, in any order.
   *
   * @param benchCase what they are of: those of different cases are drawn independently
   */
  public static Bootstrap of(BenchCase benchCase, List<Repetition> repetitions) {
    TreeMap<Integer, List<Double>> byFork = new TreeMap<>();
    for (Repetition each : repetitions) {
      byFork
          .computeIfAbsent(each.fork(), f -> new ArrayList<>())
          .add(each.samplesPerSecond(benchCase.batchSize()));
    }
    List<double[]> forks = byFork.values().stream().map(Bootstrap::sorted).toList();
    double[] ofForks = forks.stream().mapToDouble(Medians::median).sorted().toArray();
    double[] medians = new double[RESAMPLES];
    SplittableRandom random =
        new SplittableRandom(SplitMix64.mix(SEED ^ benchCase.toString().hashCode()));
    Arrays.setAll(medians, i -> resampledMedian(forks, random));
    return new Bootstrap(
        medianOfAll(forks),
        medians,
        repetitions.size() >= LEAST_REPETITIONS,
        ofForks[ofForks.length - 1] / ofForks[0] - 1);
  }

  private static double[] sorted(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private static double medianOfAll(List<double[]> groups) {
    return Medians.median(groups.stream().flatMapToDouble(Arrays::stream).sorted().toArray());
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
    return medianOfAll(drawn);
  }

  /** The fastest of several, at least one, in each resampling anew. */
  public static Bootstrap fastest(List<Bootstrap> all) {
    double[] best = new double[RESAMPLES];
    Arrays.setAll(best, i -> all.stream().mapToDouble(each -> each.medians[i]).max().orElseThrow());
    return new Bootstrap(
        all.stream().mapToDouble(each -> each.median).max().orElseThrow(),
        best,
        all.stream().allMatch(each -> each.enough),
        all.stream().mapToDouble(each -> each.forkSpread).max().orElseThrow());
  }

  /**
   * These resamplings in another order: what was measured at another time has nothing to do with
   * it.
   */
  public Bootstrap independent() {
    List<Double> shuffled = new ArrayList<>(Arrays.stream(medians).boxed().toList());
    Collections.shuffle(shuffled, new Random(RESAMPLES));
    double[] values = shuffled.stream().mapToDouble(Double::doubleValue).toArray();
    return new Bootstrap(median, values, enough, forkSpread);
  }

  public double median() {
    return median;
  }

  /** By how much of the smallest the medians of forks differ at most; 0 of a single one. */
  public double forkSpread() {
    return forkSpread;
  }

  /** The median with its 95 % interval; without where there are too few repetitions. */
  public MedianInterval interval() {
    return enough
        ? new MedianInterval(median, low(median, medians), high(median, medians))
        : new MedianInterval(median, null, null);
  }

  /** How many times the other's rate this is. */
  public Ratio ratioTo(Bootstrap other) {
    double value = median / other.median;
    if (!enough || !other.enough) {
      return new Ratio(value, null, null);
    }
    double[] ratios = new double[RESAMPLES];
    Arrays.setAll(ratios, i -> medians[i] / other.medians[i]);
    return new Ratio(value, low(value, ratios), high(value, ratios));
  }

  /**
   * Where the ratios of the ones to the others become 1, with the ends of its 95 % interval.
   *
   * @param sizes batch sizes, ascending
   * @return three batch sizes, {@link Crossing#BELOW} or {@link Crossing#ABOVE}
   */
  public static double[] crossing(int[] sizes, List<Bootstrap> ones, List<Bootstrap> others) {
    double[] each = new double[RESAMPLES];
    Arrays.setAll(
        each, i -> Crossing.of(sizes, k -> ones.get(k).medians[i] / others.get(k).medians[i]));
    return new double[] {
      Crossing.of(sizes, k -> ones.get(k).median / others.get(k).median),
      quantile(each, TAIL),
      quantile(each, 1 - TAIL)
    };
  }

  private static double low(double value, double[] resampled) {
    return Math.min(value, quantile(resampled, TAIL));
  }

  private static double high(double value, double[] resampled) {
    return Math.max(value, quantile(resampled, 1 - TAIL));
  }

  /** A quantile, one of the values. */
  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
