package io.github.sumnet.cli;

import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.network.Precision;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which engine computes, and on what. */
final class EngineOptions {
  @Spec(Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--device",
      defaultValue = "auto",
      description =
          "Where to compute: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). auto takes CUDA"
              + " where it can be used and says why where it cannot.")
  DeviceRequest device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads on the CPU (default: one per core). The result does not depend on it.")
  Integer threads;

  /** How many threads an engine of this type gets on a device. */
  int threads(EngineType engine, Device selected) {
    if (engine == EngineType.REFERENCE || selected == Device.CUDA) {
      return 1;
    }
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** The reference engine knows no GPU. */
  DeviceRequest request(EngineType engine) {
    if (engine == EngineType.REFERENCE && device == DeviceRequest.CUDA) {
      throw new ParameterException(
          command.commandLine(), "--device must be cpu or auto with engine reference, not cuda");
    }
    return engine == EngineType.REFERENCE && device == DeviceRequest.AUTO
        ? DeviceRequest.CPU
        : device;
  }

  static Precision precision(EngineType engine, Precision asked) {
    if (asked != null) {
      return asked;
    }
    return engine == EngineType.REFERENCE ? Precision.DOUBLE : Precision.FLOAT;
  }
}
