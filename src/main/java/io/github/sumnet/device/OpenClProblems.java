package io.github.sumnet.device;

import static java.util.stream.Collectors.joining;

import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What keeps the fused engine from an OpenCL device. */
public final class OpenClProblems {
  private OpenClProblems() {}

  /**
   * All that keeps {@code --device auto} from OpenCL, beginning with what is nearest to a GPU.
   * Empty when there is a GPU that can be used.
   *
   * @param inDouble whether it has to compute in double
   */
  public static List<DeviceProblem> ofAuto(OpenClFacts facts, boolean inDouble) {
    if (OpenClChoice.gpu(facts, inDouble).isPresent()) {
      return List.of();
    }
    List<DeviceProblem> problems = new ArrayList<>();
    facts.devices().stream()
        .filter(OpenClChoice::isGpu)
        .flatMap(gpu -> of(gpu, inDouble).stream())
        .forEach(problems::add);
    ofTheMachine(facts).ifPresent(problems::add);
    if (problems.isEmpty()) {
      problems.add(noGpu(facts.devices()));
    }
    return List.copyOf(problems);
  }

  /** All that keeps OpenCL from a GPU, and whatever other device there is from being used. */
  public static List<DeviceProblem> in(OpenClFacts facts) {
    List<DeviceProblem> problems = new ArrayList<>();
    ofTheMachine(facts).ifPresent(problems::add);
    facts.devices().stream().flatMap(each -> of(each, false).stream()).forEach(problems::add);
    if (!facts.devices().isEmpty() && facts.devices().stream().noneMatch(OpenClChoice::isGpu)) {
      problems.add(noGpu(facts.devices()));
    }
    return List.copyOf(problems);
  }

  /**
   * What keeps OpenCL from being used as it was asked for; empty if nothing does.
   *
   * @param inDouble whether it has to compute in double
   */
  public static Optional<DeviceProblem> of(
      DeviceRequest request, OpenClFacts facts, boolean inDouble) {
    Optional<OpenClDevice> device = OpenClChoice.named(request, facts, inDouble);
    if (device.isPresent()) {
      return of(device.get(), inDouble);
    }
    return ofTheMachine(facts)
        .or(
            () ->
                Optional.of(
                    new DeviceProblem(
                        "NoSuchDevice",
                        "there is no " + request + ", only " + listed(facts.devices()),
                        "Name one of those, or see 'sumnet doctor' for why others are not there.")));
  }

  /**
   * What keeps a device from being used; empty if nothing does.
   *
   * @param inDouble whether it has to compute in double
   */
  static Optional<DeviceProblem> of(OpenClDevice device, boolean inDouble) {
    if (!device.available()) {
      return Optional.of(
          new DeviceProblem(
              "NotAvailable",
              device.named() + " is not available, says its driver",
              "See that no other process has the device for itself and that the vendor's own tool"
                  + " finds it in order, or use another: --device cpu"));
    }
    if (!device.compiler()) {
      return Optional.of(
          new DeviceProblem(
              "NoCompiler",
              device.named() + " has no compiler for OpenCL C",
              "Install the whole of its driver ("
                  + device.platformName()
                  + "), or use the CPU: --device cpu"));
    }
    if (inDouble && !device.doubles()) {
      return Optional.of(
          new DeviceProblem(
              "NoDoubles",
              device.named() + " does not compute in double (no cl_khr_fp64)",
              "Train in float, --precision float, or on the CPU, --device cpu"));
    }
    return Optional.empty();
  }

  /** What is wrong with the loader or with the drivers, so that devices are not seen. */
  private static Optional<DeviceProblem> ofTheMachine(OpenClFacts facts) {
    if (!facts.loader()) {
      return Optional.of(
          new DeviceProblem(
              "NoLoader",
              "no OpenCL loader was found (" + facts.library() + " cannot be loaded)",
              "It comes with sumnet for Linux and Windows on x86-64, Linux on ARM and macOS on"
                  + " x86-64, and is unpacked into ~/.javacpp/cache: see that this is such a machine"
                  + " and that files can be made there."));
    }
    if (facts.failure().isPresent()) {
      return Optional.of(
          new DeviceProblem(
              "ProbeFailed",
              "OpenCL could not be examined: " + facts.failure().get(),
              "See that clinfo works and remove drivers that do not; if it does, report it with the"
                  + " output of: scripts/sumnet doctor --markdown"));
    }
    if (facts.platforms().isEmpty()) {
      return Optional.of(
          new DeviceProblem(
              "NoPlatform",
              "the OpenCL loader finds no driver",
              "Install the OpenCL driver of your GPU's vendor (for the CPU, Debian has"
                  + " pocl-opencl-icd); in a container, see that the driver's libraries are passed in"
                  + " (NVIDIA: NVIDIA_DRIVER_CAPABILITIES=compute,utility). Drivers are listed in"
                  + " /etc/OpenCL/vendors, or where the environment's OCL_ICD_VENDORS says."));
    }
    if (facts.devices().isEmpty()) {
      return Optional.of(
          new DeviceProblem(
              "NoDevice",
              "no OpenCL driver sees a device (" + String.join("; ", facts.platforms()) + ")",
              "See that the vendor's own tool lists the GPU, that you may open it (Linux: be in the"
                  + " groups render and video), and, in a container, that the device was passed in."));
    }
    return Optional.empty();
  }

  /** There are devices, and none is taken unasked. */
  private static DeviceProblem noGpu(List<OpenClDevice> devices) {
    return new DeviceProblem(
        "NoGpu",
        "no OpenCL device is a GPU, only " + listed(devices),
        "Install the OpenCL driver of your GPU's vendor"
            + devices.stream()
                .filter(OpenClDevice::usable)
                .findFirst()
                .map(device -> "; " + device + " computes when it is named: --device " + device)
                .orElse(""));
  }

  private static String listed(List<OpenClDevice> devices) {
    return devices.stream()
        .map(device -> device + " (" + device.kind() + ": " + device.name() + ")")
        .collect(joining(", "));
  }
}
