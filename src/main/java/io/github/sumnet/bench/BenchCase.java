package io.github.sumnet.bench;

import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import java.util.Locale;

/**
 * One thing to measure: training steps of an engine on a device.
 *
 * @param batchSize samples a step
 * @param hidden hidden units
 */
public record BenchCase(
    Device device, BenchEngine engine, Precision precision, int batchSize, int hidden) {
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s on %s, %s, 2-%d-1, batch of %,d",
        engine,
        device,
        precision,
        hidden,
        batchSize);
  }

  /** This case with another batch size. */
  public BenchCase withBatchSize(int samples) {
    return new BenchCase(device, engine, precision, samples, hidden);
  }
}
