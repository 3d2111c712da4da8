package io.github.sumnet.device;

import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClFacts;
import java.util.Optional;
import java.util.function.Predicate;

/** Chooses among a machine's OpenCL devices. */
final class OpenClChoice {
  private OpenClChoice() {}

  /** The first GPU that can be used: the only kind of device that is taken where none is named. */
  static Optional<OpenClDevice> gpu(OpenClFacts facts, boolean inDouble) {
    return first(facts, gpu -> isGpu(gpu) && OpenClProblems.of(gpu, inDouble).isEmpty());
  }

  /**
   * The device that was asked for, usable or not; empty if there is none. Without a number it is
   * the first GPU that can be used, else the first GPU, else the first device.
   */
  static Optional<OpenClDevice> named(DeviceRequest request, OpenClFacts facts, boolean inDouble) {
    if (request.number().isPresent()) {
      return first(facts, device -> device.number() == request.number().getAsInt());
    }
    return gpu(facts, inDouble)
        .or(() -> first(facts, OpenClChoice::isGpu))
        .or(() -> first(facts, any -> true));
  }

  static boolean isGpu(OpenClDevice device) {
    return device.kind() == OpenClDevice.Kind.GPU;
  }

  private static Optional<OpenClDevice> first(OpenClFacts facts, Predicate<OpenClDevice> wanted) {
    return facts.devices().stream().filter(wanted).findFirst();
  }
}
