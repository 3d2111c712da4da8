package io.github.sumnet.cli.option;

import io.github.sumnet.data.OptionException;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.engine.EngineType;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** What to compute on. */
public final class DeviceOption {
  /** What a shell may complete: which numbers there are only the machine knows. */
  static final class Candidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(DeviceRequest.Kind.values()).map(Object::toString).iterator();
    }
  }

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      completionCandidates = Candidates.class,
      description =
          "Where to compute: ${COMPLETION-CANDIDATES}[:N] (default: ${DEFAULT-VALUE}). auto takes a"
              + " GPU where it can be used, through CUDA with engine dl4j and through OpenCL with"
              + " engine fused, and says why where it cannot. opencl:N is the device of that number"
              + " in the list of doctor.")
  DeviceRequest device;

  /**
   * Chooses where the engine computes.
   *
   * @param inDouble whether it will have to compute in double
   * @throws OptionException if there is no such engine for the device
   * @throws io.github.sumnet.device.DeviceUnavailableException if it was asked for and cannot be
   *     used
   */
  public DeviceSelection select(EngineType engine, boolean inDouble) {
    boolean possible =
        switch (device.kind()) {
          case AUTO, CPU -> true;
          case CUDA -> engine.runsOn(Device.CUDA);
          case OPENCL -> engine.runsOn(Device.OPENCL);
        };
    if (!possible) {
      throw new OptionException(
          "--device must be " + accepted(engine) + " with engine " + engine + ", not " + device);
    }
    return DeviceSelection.onThisMachine(device, engine.accelerator(), inDouble);
  }

  /**
   * The fastest engine that trains on the device: a GPU goes before the CPU, and fused before dl4j,
   * which it outruns wherever both were measured.
   *
   * @param inDouble whether it will have to compute in double
   */
  public EngineType fastest(boolean inDouble) {
    return switch (device.kind()) {
      case CPU, OPENCL -> EngineType.FUSED;
      case CUDA -> EngineType.DL4J;
      case AUTO ->
          select(EngineType.FUSED, inDouble).device() == Device.CPU
                  && select(EngineType.DL4J, inDouble).device() == Device.CUDA
              ? EngineType.DL4J
              : EngineType.FUSED;
    };
  }

  /**
   * The kind of device that will be chosen, without a look at whether one that is named is there.
   */
  public Device likely(EngineType engine, boolean inDouble) {
    return switch (device.kind()) {
      case AUTO -> select(engine, inDouble).device();
      case CPU -> Device.CPU;
      case CUDA -> Device.CUDA;
      case OPENCL -> Device.OPENCL;
    };
  }

  private static String accepted(EngineType engine) {
    return switch (engine) {
      case DL4J -> "cpu, cuda or auto";
      case FUSED -> "cpu, opencl, opencl:N or auto";
      case REFERENCE -> "cpu or auto";
    };
  }
}
