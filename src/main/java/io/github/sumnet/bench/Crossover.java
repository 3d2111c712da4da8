package io.github.sumnet.bench;

import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;

/**
 * From which batch size on a challenger is faster than what it is compared with.
 *
 * @param device the one that is compared with
 * @param engine its engine; null for the fastest at every batch size
 * @param challengerDevice the one that may win
 * @param challengerEngine its engine; null for the fastest at every batch size
 * @param precision that of the two, or of the one that was asked for
 * @param verdict what was found
 * @param batchSize where the rates are equal; null unless the verdict is FROM
 * @param low lower end of its 95 % interval; null if it lies below all tested sizes
 * @param high upper end of its 95 % interval; null if it lies above all tested sizes
 * @param reason why it is unknown; null unless the verdict is NOT_MEASURED
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
    String reason) {
  /** Who wins where. */
  public enum Verdict {
    /** The challenger is faster at every tested size. */
    ALWAYS,
    /** It is faster from a batch size on, and at every tested size above. */
    FROM,
    /** It is not faster at the largest tested size. */
    NEVER,
    /** In too many resamplings it came out otherwise. */
    TOO_CLOSE,
    /** One of the two has no rates. */
    NOT_MEASURED;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }
}
