package io.github.sumnet.bench.result;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.statistics.Bootstrap;
import io.github.sumnet.bench.statistics.MedianInterval;
import io.github.sumnet.bench.statistics.Ratio;

/**
 * How the rate of one case changed from one benchmark to another.
 *
 * @param before its rate in the first
 * @param after its rate in the second
 * @param ratio after to before
 * @param forkSpread by how much of the smallest the medians of one benchmark's forks differ at most
 * @param verdict what can be said
 * @param doubt why nothing can be said; null if something can
 */
public record Change(
    BenchCase benchCase,
    MedianInterval before,
    MedianInterval after,
    Ratio ratio,
    double forkSpread,
    Ratio.Verdict verdict,
    Doubt doubt) {
  /** Why a change is inconclusive. */
  public enum Doubt {
    TOO_FEW("there are fewer than " + Bootstrap.LEAST_REPETITIONS + " repetitions"),
    WITHIN_NOISE("its interval contains zero"),
    BETWEEN_FORKS("the forks of one benchmark differ as much"),
    BUSY("the machine was busy");

    private final String words;

    Doubt(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * Of a row that was measured in both.
   *
   * @param busy whether other processes took much of the machine meanwhile
   */
  static Change of(BenchRow before, BenchRow after, boolean busy) {
    Bootstrap first = before.bootstrap();
    Bootstrap second = after.bootstrap();
    Ratio ratio = second.ratioTo(first.independent());
    double forkSpread = Math.max(first.forkSpread(), second.forkSpread());
    Doubt doubt = doubt(ratio, forkSpread, busy);
    return new Change(
        before.benchCase(),
        before.samplesPerSecond(),
        after.samplesPerSecond(),
        ratio,
        forkSpread,
        doubt == null ? ratio.verdict() : Ratio.Verdict.INCONCLUSIVE,
        doubt);
  }

  private static Doubt doubt(Ratio ratio, double forkSpread, boolean busy) {
    if (ratio.low() == null) {
      return Doubt.TOO_FEW;
    }
    if (ratio.verdict() == Ratio.Verdict.INCONCLUSIVE) {
      return Doubt.WITHIN_NOISE;
    }
    if (busy) {
      return Doubt.BUSY;
    }
    return Math.max(ratio.value(), 1 / ratio.value()) - 1 <= forkSpread
        ? Doubt.BETWEEN_FORKS
        : null;
  }

  /** The change as a share of the rate before: −0.05 is 5 % fewer samples a second. */
  public double relative() {
    return ratio.value() - 1;
  }

  /** Lower end of its 95 % interval; null if there is none. */
  public Double low() {
    return ratio.low() == null ? null : ratio.low() - 1;
  }

  /** Upper end; null likewise. */
  public Double high() {
    return ratio.high() == null ? null : ratio.high() - 1;
  }

  /** Whether it would be a regression if there were no doubt other than an interval's. */
  public boolean isDoubtfulLoss(double share) {
    return relative() < -share && doubt != null && doubt != Doubt.WITHIN_NOISE;
  }

  /** Whether it is slower, for certain, by more than a share of the rate before. */
  public boolean isRegression(double share) {
    return verdict == Ratio.Verdict.SLOWER && relative() < -share;
  }
}
