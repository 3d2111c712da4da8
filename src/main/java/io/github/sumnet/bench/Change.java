package io.github.sumnet.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * How the rate of one case changed from one benchmark to another.
 *
 * @param before its rate in the first
 * @param after its rate in the second
 * @param relative after/before − 1: −0.05 is 5 % fewer samples a second
 * @param low lower end of its 95 % interval
 * @param high upper end of its 95 % interval
 */
public record Change(
    BenchCase benchCase,
    MedianInterval before,
    MedianInterval after,
    double relative,
    double low,
    double high) {
  private static final double TAIL = 0.025;

  /** What can be said of a change. */
  public enum Verdict {
    /** More samples a second. */
    FASTER,
    /** Fewer samples a second. */
    SLOWER,
    /** The interval contains zero. */
    INCONCLUSIVE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of a row that was measured in both. */
  static Change of(BenchRow before, BenchRow after) {
    double[] ratios = Bootstrap.of(after).medians();
    double[] divisors = Bootstrap.of(before).medians();
    // The same case is always drawn alike; two benchmarks have nothing to do with each other.
    shuffle(divisors);
    Arrays.setAll(ratios, i -> ratios[i] / divisors[i] - 1);
    Arrays.sort(ratios);
    double relative = after.samplesPerSecond().median() / before.samplesPerSecond().median() - 1;
    return new Change(
        before.benchCase(),
        before.samplesPerSecond(),
        after.samplesPerSecond(),
        relative,
        Math.min(relative, Bootstrap.quantile(ratios, TAIL)),
        Math.max(relative, Bootstrap.quantile(ratios, 1 - TAIL)));
  }

  private static void shuffle(double[] values) {
    Random random = new Random(values.length);
    for (int i = values.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      double kept = values[i];
      values[i] = values[other];
      values[other] = kept;
    }
  }

  /** Whether it is more than noise, and which way it goes. */
  public Verdict verdict() {
    if (low > 0) {
      return Verdict.FASTER;
    }
    return high < 0 ? Verdict.SLOWER : Verdict.INCONCLUSIVE;
  }

  /** Whether it is slower, not only within the noise, by more than a share of the rate before. */
  public boolean isRegression(double share) {
    return verdict() == Verdict.SLOWER && relative < -share;
  }
}
