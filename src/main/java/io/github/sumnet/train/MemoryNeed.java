package io.github.sumnet.train;

import io.github.sumnet.data.OptionException;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import java.util.Locale;

/**
 * How much memory a run takes for its chunks: nothing else grows with the plan.
 *
 * @param heapBytes the batches that are read ahead, in the Java heap
 * @param nativeBytes the engine's arrays, outside the heap
 */
public record MemoryNeed(double heapBytes, double nativeBytes) {
  /** Numbers per sample: x1, x2 and y. */
  private static final int COLUMNS = 3;

  /** What is left for everything else. */
  private static final double USABLE = 0.9;

  /**
   * Refuses a plan whose chunks do not fit.
   *
   * @param heapLimit the JVM's, in bytes
   * @param machineMemory in bytes
   * @throws OptionException if they do not; the message says what they need
   */
  public static void requireRoom(
      TrainingPlan plan, EngineSpec engine, long heapLimit, long machineMemory) {
    String excess = of(plan, engine).excess(heapLimit, machineMemory);
    if (excess != null) {
      throw new OptionException(
          "--chunk-size " + plan.slicing().largestChunk() + " is too large: " + excess);
    }
  }

  /**
   * The need of a run. DL4J's arrays were measured to hold about 8 + 4H numbers a sample: inputs,
   * target, activations, errors, and ND4J's work space. The other engines have none. What goes to
   * an OpenCL device goes there chunk by chunk.
   */
  static MemoryNeed of(TrainingPlan plan, EngineSpec engine) {
    double numbers = (double) plan.slicing().largestChunk() * engine.precision().bytes();
    int buffers = engine.device() == Device.OPENCL ? 1 : engine.threads() + 2;
    int arrays = engine.type() == EngineType.DL4J ? 8 + 4 * engine.topology().hidden() : 0;
    return new MemoryNeed(buffers * COLUMNS * numbers, engine.threads() * arrays * numbers);
  }

  private String excess(long heapLimit, long machineMemory) {
    if (heapBytes > USABLE * heapLimit) {
      return String.format(
          Locale.ROOT,
          "its chunks need %.1f GiB of Java heap, and the JVM has %.1f GiB; choose a smaller one, or"
              + " set SUMNET_JAVA_ARGS=-Xmx%.0fg",
          gibibytes(heapBytes),
          gibibytes((double) heapLimit),
          Math.ceil(gibibytes(heapBytes) / USABLE));
    }
    if (heapBytes + nativeBytes > USABLE * machineMemory) {
      return String.format(
          Locale.ROOT,
          "its chunks need %.1f GiB of memory, and this machine has %.1f GiB; choose a smaller one,"
              + " or fewer --threads",
          gibibytes(heapBytes + nativeBytes),
          gibibytes((double) machineMemory));
    }
    return null;
  }

  private static double gibibytes(double bytes) {
    return bytes / 0x1p30;
  }
}
