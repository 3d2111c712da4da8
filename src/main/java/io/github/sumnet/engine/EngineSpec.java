package io.github.sumnet.engine;

import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;

/**
 * Which engine, where, for what network.
 *
 * @param threads how many threads compute chunks at the same time, at least 1; 1 on CUDA and with
 *     the reference engine
 */
public record EngineSpec(
    EngineType type,
    Device device,
    Precision precision,
    Topology topology,
    UpdaterConfig updater,
    int threads) {
  public EngineSpec {
    if (threads < 1) {
      throw new IllegalArgumentException("an engine needs at least one thread, not " + threads);
    }
    if (threads > 1 && (type == EngineType.REFERENCE || device == Device.CUDA)) {
      throw new IllegalArgumentException(
          "engine " + type + " on " + device + " takes one thread, not " + threads);
    }
    if (type == EngineType.REFERENCE && precision != Precision.DOUBLE) {
      throw new IllegalArgumentException("the reference engine computes in double only");
    }
    if (type != EngineType.DL4J && device != Device.CPU) {
      throw new IllegalArgumentException("engine " + type + " runs on the CPU only");
    }
  }

  /** The same with another number of threads. */
  public EngineSpec withThreads(int count) {
    return new EngineSpec(type, device, precision, topology, updater, count);
  }

  /** The same with another updater. */
  public EngineSpec withUpdater(UpdaterConfig other) {
    return new EngineSpec(type, device, precision, topology, other, threads);
  }
}
