package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.device.Device;
import java.util.Locale;
import java.util.Optional;

/** The ways to compute the network. */
public enum EngineType {
  /** Deeplearning4j's own forward and backward pass on ND4J, CPU or CUDA. */
  DL4J,
  /**
   * One pass over a batch, of which only gradients and loss are left: in plain Java on the JDK's
   * vectors and all cores, or through OpenCL.
   */
  FUSED,
  /** The textbook formulas in plain Java double, one thread. */
  REFERENCE;

  /** Where it computes if that is there; empty if it knows nothing but the CPU. */
  public Optional<Device> accelerator() {
    return switch (this) {
      case DL4J -> Optional.of(Device.CUDA);
      case FUSED -> Optional.of(Device.OPENCL);
      case REFERENCE -> Optional.empty();
    };
  }

  /** Whether there is such an engine for the device. */
  public boolean runsOn(Device device) {
    return device == Device.CPU || accelerator().filter(device::equals).isPresent();
  }

  /** How many samples it computes together unless another number is asked for. */
  public int chunkSize(Device device, int batchSize) {
    if (this == FUSED) {
      return Slicing.FUSED_CHUNK;
    }
    return device == Device.CPU ? Slicing.CPU_CHUNK : Math.min(batchSize, Batch.MOST_SAMPLES);
  }

  /**
   * Whether {@link Engine#trace} shows the values of the pass that trains. DL4J keeps its own to
   * itself, and the fused passes keep none of them: what is shown are the same operations, made
   * again.
   */
  public boolean tracesTrainingPass() {
    return this == REFERENCE;
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
