package io.github.sumnet.bench.result;

import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.statistics.Ratio;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import java.util.List;
import java.util.Locale;

/**
 * From which batch size on a challenger is faster than what it is compared with.
 *
 * @param device the one that is compared with
 * @param engine its engine; null for the fastest at every batch size
 * @param challengerDevice the one that may win
 * @param challengerEngine its engine; null for the fastest at every batch size
 * @param precision the one that was asked for; the reference computes in double all the same
 * @param verdict what was found
 * @param batchSize where the medians' rates are equal, between two tested sizes on straight lines
 *     in logarithms; null if that lies outside of them
 * @param low lower end of its 95 % interval; null if that lies below all tested sizes
 * @param high upper end of its 95 % interval; null if that lies above all tested sizes
 * @param reason why it is unknown; null unless the verdict is NOT_MEASURED
 * @param ratios the challenger's rate to the other one's, at each batch size that both were
 *     measured at, ascending
 */
public record Crossover(
    Device device,
    BenchEngine engine,
    Device challengerDevice,
    BenchEngine challengerEngine,
    Precision precision,
    int hidden,
    Verdict verdict,
    Double batchSize,
    Double low,
    Double high,
    String reason,
    List<AtSize> ratios) {
  /** How the two stand at a batch size. */
  public record AtSize(int batchSize, Ratio ratio) {}

  public Crossover {
    // What was written down before it had them.
    ratios = ratios == null ? List.of() : List.copyOf(ratios);
  }

  /** Whether the challenger is faster at some tested size. */
  public boolean leadsSomewhere() {
    return ratios.stream().anyMatch(each -> each.ratio.verdict() == Ratio.Verdict.FASTER);
  }

  /** Where the challenger is faster. */
  public enum Verdict {
    /** The challenger is faster at every tested size. */
    ALWAYS,
    /** It is faster from a batch size on, at every tested size above. */
    FROM,
    /** It is slower at the largest tested size. */
    NEVER,
    /** Whether it is faster at the largest tested size is within the noise. */
    TOO_CLOSE,
    /** There are too few repetitions to tell. */
    TOO_FEW,
    /** One of the two has no rates. */
    NOT_MEASURED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
