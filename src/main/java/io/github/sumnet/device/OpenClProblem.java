package io.github.sumnet.device;

import static java.util.stream.Collectors.joining;

import io.github.sumnet.opencl.OpenClDevice;
import io.github.sumnet.opencl.OpenClFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One thing that keeps the fused engine from an OpenCL device, and what can be done about it. */
public sealed interface OpenClProblem extends DeviceProblem {
  /**
   * All that keeps {@code --device auto} from OpenCL, what is nearest to a GPU first. Empty when
   * there is a GPU that can be used.
   *
   * @param inDouble whether it has to compute in double
   */
  static List<OpenClProblem> ofAuto(OpenClFacts facts, boolean inDouble) {
    if (OpenClChoice.gpu(facts, inDouble).isPresent()) {
      return List.of();
    }
    List<OpenClProblem> problems = new ArrayList<>();
    facts.devices().stream()
        .filter(OpenClChoice::isGpu)
        .flatMap(gpu -> of(gpu, inDouble).stream())
        .forEach(problems::add);
    problemOfTheMachine(facts).ifPresent(problems::add);
    if (problems.isEmpty()) {
      problems.add(new NoGpu(facts.devices()));
    }
    return List.copyOf(problems);
  }

  /** All that keeps OpenCL from a GPU, and whatever other device there is from being used. */
  static List<OpenClProblem> in(OpenClFacts facts) {
    List<OpenClProblem> problems = new ArrayList<>();
    problemOfTheMachine(facts).ifPresent(problems::add);
    facts.devices().stream().flatMap(each -> of(each, false).stream()).forEach(problems::add);
    if (!facts.devices().isEmpty() && facts.devices().stream().noneMatch(OpenClChoice::isGpu)) {
      problems.add(new NoGpu(facts.devices()));
    }
    return List.copyOf(problems);
  }

  /**
   * What keeps OpenCL from being used as it was asked for; empty if nothing does.
   *
   * @param inDouble whether it has to compute in double
   */
  static Optional<OpenClProblem> of(DeviceRequest request, OpenClFacts facts, boolean inDouble) {
    Optional<OpenClDevice> device = OpenClChoice.named(request, facts, inDouble);
    if (device.isPresent()) {
      return of(device.get(), inDouble);
    }
    Optional<OpenClProblem> problem = problemOfTheMachine(facts);
    return problem.isPresent() ? problem : Optional.of(new NoSuchDevice(request, facts.devices()));
  }

  /**
   * What keeps a device from being used; empty if nothing does.
   *
   * @param inDouble whether it has to compute in double
   */
  static Optional<OpenClProblem> of(OpenClDevice device, boolean inDouble) {
    if (!device.available()) {
      return Optional.of(new NotAvailable(device));
    }
    if (!device.compiler()) {
      return Optional.of(new NoCompiler(device));
    }
    return inDouble && !device.doubles() ? Optional.of(new NoDoubles(device)) : Optional.empty();
  }

  /** What is wrong before any device is looked at, or keeps some from being seen. */
  private static Optional<OpenClProblem> problemOfTheMachine(OpenClFacts facts) {
    if (!facts.loader()) {
      return Optional.of(new NoLoader(facts.library()));
    }
    if (facts.failure().isPresent()) {
      return Optional.of(new ProbeFailed(facts.failure().get()));
    }
    if (facts.platforms().isEmpty()) {
      return Optional.of(new NoPlatform());
    }
    return facts.devices().isEmpty()
        ? Optional.of(new NoDevice(facts.platforms()))
        : Optional.empty();
  }

  private static String listed(List<OpenClDevice> devices) {
    return devices.stream()
        .map(device -> device + " (" + device.kind() + ": " + device.name() + ")")
        .collect(joining(", "));
  }

  /** The library through which all drivers are reached is not there. */
  record NoLoader(String library) implements OpenClProblem {
    @Override
    public String summary() {
      return "no OpenCL loader was found (" + library + " cannot be loaded)";
    }

    @Override
    public String fix() {
      return "Install the loader and the driver of your GPU's vendor (Debian: ocl-icd-libopencl1"
          + " and the vendor's package; pocl-opencl-icd is a driver for the CPU).";
    }
  }

  /** The loader is there, and no driver. */
  record NoPlatform() implements OpenClProblem {
    @Override
    public String summary() {
      return "the OpenCL loader finds no driver";
    }

    @Override
    public String fix() {
      return "Install the OpenCL driver of your GPU's vendor (for the CPU, Debian has"
          + " pocl-opencl-icd); drivers are listed in /etc/OpenCL/vendors, or where the"
          + " environment's OCL_ICD_VENDORS says.";
    }
  }

  /** Drivers without anything to drive. */
  record NoDevice(List<String> platforms) implements OpenClProblem {
    @Override
    public String summary() {
      return "no OpenCL driver sees a device (" + String.join("; ", platforms) + ")";
    }

    @Override
    public String fix() {
      return "See that the vendor's own tool lists the GPU, that you may open it (Linux: be in the"
          + " groups render and video), and, in a container, that the device was passed in.";
    }
  }

  /** There are devices, and none is taken unasked. */
  record NoGpu(List<OpenClDevice> devices) implements OpenClProblem {
    public NoGpu {
      devices = List.copyOf(devices);
    }

    @Override
    public String summary() {
      return "no OpenCL device is a GPU, only " + listed(devices);
    }

    @Override
    public String fix() {
      return "Install the OpenCL driver of your GPU's vendor"
          + devices.stream()
              .filter(OpenClDevice::usable)
              .findFirst()
              .map(device -> "; " + device + " computes when it is named: --device " + device)
              .orElse("");
    }
  }

  /** A number that no device has. */
  record NoSuchDevice(DeviceRequest request, List<OpenClDevice> devices) implements OpenClProblem {
    public NoSuchDevice {
      devices = List.copyOf(devices);
    }

    @Override
    public String summary() {
      return "there is no " + request + ", only " + listed(devices);
    }

    @Override
    public String fix() {
      return "Name one of those, or see 'sumnet doctor' for why others are not there.";
    }
  }

  /** The driver says so, without a reason. */
  record NotAvailable(OpenClDevice device) implements OpenClProblem {
    @Override
    public String summary() {
      return device.named() + " is not available, says its driver";
    }

    @Override
    public String fix() {
      return "See that no other process has the device for itself and that the vendor's own tool"
          + " finds it in order, or use another: --device cpu";
    }
  }

  /** A driver that runs ready-made programs only. */
  record NoCompiler(OpenClDevice device) implements OpenClProblem {
    @Override
    public String summary() {
      return device.named() + " has no compiler for OpenCL C";
    }

    @Override
    public String fix() {
      return "Install the whole of its driver ("
          + device.platformName()
          + "), or use the CPU: --device cpu";
    }
  }

  /** Many small GPUs know float alone. */
  record NoDoubles(OpenClDevice device) implements OpenClProblem {
    @Override
    public String summary() {
      return device.named() + " does not compute in double (no cl_khr_fp64)";
    }

    @Override
    public String fix() {
      return "Train in float, --precision float, or on the CPU, --device cpu";
    }
  }

  /** The probe itself could not finish. */
  record ProbeFailed(String detail) implements OpenClProblem {
    @Override
    public String summary() {
      return "OpenCL could not be examined: " + detail;
    }

    @Override
    public String fix() {
      return "See that clinfo works and remove drivers that do not; if it does, report it with the"
          + " output of: scripts/sumnet doctor --markdown";
    }
  }
}
