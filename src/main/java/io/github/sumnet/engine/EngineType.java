package io.github.sumnet.engine;

import io.github.sumnet.data.Slicing;
import io.github.sumnet.device.Device;
import java.util.Locale;

/** The ways to compute the network. */
public enum EngineType {
  /** Deeplearning4j's own forward and backward pass on ND4J, CPU or CUDA. */
  DL4J,
  /** One pass in plain Java over a batch, on the JDK's vectors where they are; all cores. */
  FUSED,
  /** The textbook formulas in plain Java double, one thread. */
  REFERENCE;

  /** How many samples it computes together unless another number is asked for. */
  public int chunkSize(Device device, int batchSize) {
    if (device != Device.CPU) {
      return batchSize;
    }
    return this == FUSED ? Slicing.FUSED_CHUNK : Slicing.CPU_CHUNK;
  }

  /** How many of so many threads it takes. */
  public int threads(Device device, int available) {
    return this == REFERENCE || device != Device.CPU ? 1 : available;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
