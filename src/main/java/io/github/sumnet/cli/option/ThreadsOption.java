package io.github.sumnet.cli.option;

import io.github.sumnet.data.OptionException;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineType;
import picocli.CommandLine.Option;

/** How many threads compute. */
public final class ThreadsOption {
  private static final int MOST_THREADS = 1024;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads on the CPU, at most "
              + MOST_THREADS
              + " (default: one per core). The result does not depend on it.")
  Integer threads;

  /** Refuses numbers that make no sense. */
  public void require() {
    if (threads != null && (threads < 1 || threads > MOST_THREADS)) {
      throw new OptionException("--threads must be from 1 to " + MOST_THREADS + ", not " + threads);
    }
  }

  /** How many this engine takes on this device. */
  public int inForce(EngineType engine, Device device) {
    return engine.threads(
        device, threads == null ? Runtime.getRuntime().availableProcessors() : threads);
  }
}
