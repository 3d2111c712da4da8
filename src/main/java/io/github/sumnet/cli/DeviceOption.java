package io.github.sumnet.cli;

import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.engine.EngineType;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What to compute on. */
final class DeviceOption {
  @Spec(Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--device",
      defaultValue = "auto",
      description =
          "Where to compute: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). auto takes CUDA"
              + " where it can be used and says why where it cannot.")
  DeviceRequest device;

  /** Only DL4J knows CUDA. */
  DeviceRequest request(EngineType engine) {
    if (engine != EngineType.DL4J && device == DeviceRequest.CUDA) {
      throw new ParameterException(
          command.commandLine(),
          "--device must be cpu or auto with engine " + engine + ", not cuda");
    }
    return engine != EngineType.DL4J && device == DeviceRequest.AUTO ? DeviceRequest.CPU : device;
  }
}
