package io.github.sumnet.device;

import io.github.sumnet.data.Count;
import io.github.sumnet.device.cuda.CudaDevice;
import io.github.sumnet.device.cuda.CudaFacts;
import io.github.sumnet.device.cuda.CudaProbe;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The decision on which device this JVM computes.
 *
 * @param openCl the device where it is one of OpenCL's
 * @param reason one line for the user, such as "no NVIDIA driver was found", or what the device is
 * @param fellBack whether another device would have been preferred to the CPU
 */
public record DeviceSelection(
    Device device, Optional<OpenClDevice> openCl, String reason, boolean fellBack) {
  /** A device that is not OpenCL's. */
  public DeviceSelection(Device device, String reason, boolean fellBack) {
    this(device, Optional.empty(), reason, fellBack);
  }

  public DeviceSelection {
    if (openCl.isPresent() != (device == Device.OPENCL)) {
      throw new IllegalArgumentException("OpenCL's devices, and no others, are one of OpenCL's");
    }
  }

  /**
   * Decides for this machine. Looks for the accelerator only, and only if the CPU was not asked
   * for.
   *
   * @param accelerator where the engine can compute beside the CPU; empty if nowhere
   * @param inDouble whether it will have to compute in double
   * @throws DeviceUnavailableException if the accelerator was asked for and cannot be used
   */
  public static DeviceSelection onThisMachine(
      DeviceRequest request, Optional<Device> accelerator, boolean inDouble) {
    if (request.kind() == DeviceRequest.Kind.CPU || accelerator.isEmpty()) {
      return cpuAsAskedFor();
    }
    return accelerator.get() == Device.OPENCL
        ? of(request, OpenClFacts.ofThisMachine(), inDouble)
        : of(request, new CudaProbe().facts(), OpenClFacts::ofThisMachine, inDouble);
  }

  /**
   * Decides between CPU and CUDA from facts: no look at the machine, no side effect.
   *
   * @throws DeviceUnavailableException if CUDA was asked for and cannot be used
   */
  public static DeviceSelection of(DeviceRequest request, CudaFacts facts) {
    return of(request, facts, CudaProblems.in(facts));
  }

  /** The same; where there is a GPU that CUDA cannot use, the reason names the engine that can. */
  static DeviceSelection of(
      DeviceRequest request, CudaFacts cuda, Supplier<OpenClFacts> openCl, boolean inDouble) {
    List<DeviceProblem> problems = new ArrayList<>(CudaProblems.in(cuda));
    if (!problems.isEmpty() && cuda.driver().isThere()) {
      OpenClChoice.gpu(openCl.get(), inDouble)
          .ifPresent(
              gpu ->
                  problems.set(
                      0, problems.get(0).adding("; --engine fused can use " + gpu.named())));
    }
    return of(request, cuda, problems);
  }

  private static DeviceSelection of(
      DeviceRequest request, CudaFacts facts, List<DeviceProblem> problems) {
    if (request.kind() == DeviceRequest.Kind.CPU) {
      return cpuAsAskedFor();
    }
    if (problems.isEmpty()) {
      return new DeviceSelection(Device.CUDA, describe(facts.devices().get(0)), false);
    }
    if (request.kind() == DeviceRequest.Kind.CUDA) {
      throw unavailable(request, problems);
    }
    return fallBack(problems);
  }

  /**
   * Decides between CPU and OpenCL from facts: no look at the machine, no side effect. Where none
   * is named it takes a GPU only; a device of another kind has to be named.
   *
   * @param inDouble whether the device has to compute in double
   * @throws DeviceUnavailableException if OpenCL was asked for and cannot be used
   */
  public static DeviceSelection of(DeviceRequest request, OpenClFacts facts, boolean inDouble) {
    if (request.kind() == DeviceRequest.Kind.CPU) {
      return cpuAsAskedFor();
    }
    if (request.kind() == DeviceRequest.Kind.OPENCL) {
      return named(request, facts, inDouble);
    }
    return OpenClChoice.gpu(facts, inDouble)
        .map(DeviceSelection::openCl)
        .orElseGet(() -> fallBack(OpenClProblems.ofAuto(facts, inDouble)));
  }

  private static DeviceSelection named(DeviceRequest request, OpenClFacts facts, boolean inDouble) {
    Optional<DeviceProblem> problem = OpenClProblems.of(request, facts, inDouble);
    if (problem.isPresent()) {
      throw unavailable(request, List.of(problem.get()));
    }
    return openCl(OpenClChoice.named(request, facts, inDouble).orElseThrow());
  }

  private static DeviceSelection fallBack(List<DeviceProblem> problems) {
    return new DeviceSelection(Device.CPU, firstOf(problems), true);
  }

  private static DeviceSelection openCl(OpenClDevice device) {
    return new DeviceSelection(Device.OPENCL, Optional.of(device), describe(device), false);
  }

  private static DeviceSelection cpuAsAskedFor() {
    return new DeviceSelection(Device.CPU, "asked for", false);
  }

  private static DeviceUnavailableException unavailable(
      DeviceRequest request, List<DeviceProblem> problems) {
    return new DeviceUnavailableException(
        "--device %s cannot be used: %s. %s"
            .formatted(request, firstOf(problems), problems.get(0).fix()));
  }

  private static String firstOf(List<DeviceProblem> problems) {
    String first = problems.get(0).summary();
    int others = problems.size() - 1;
    return others == 0 ? first : first + " (and " + others + " more, see 'sumnet doctor')";
  }

  private static String describe(CudaDevice device) {
    return String.format(
        Locale.ROOT,
        "%s, compute capability %s, %.1f GiB",
        device.name(),
        device.computeCapability(),
        device.memoryBytes() / 0x1p30);
  }

  private static String describe(OpenClDevice device) {
    return String.format(
        Locale.ROOT,
        "%s, driver %s of %s, %s, %.1f GiB",
        device.name(),
        device.driver(),
        device.platformName(),
        Count.of(device.computeUnits(), "compute unit"),
        device.memoryBytes() / 0x1p30);
  }

  /** Its place among the machine's OpenCL devices; 0 for any other. */
  public int number() {
    return openCl.map(OpenClDevice::number).orElse(0);
  }

  /** The notice that results in float may have other last bits than a CPU's, where that is so. */
  public Optional<String> roundingNotice() {
    return openCl.filter(device -> !device.roundsLikeCpu()).map(DeviceSelection::roundingNotice);
  }

  private static String roundingNotice(OpenClDevice device) {
    String division = device.exactDivision() ? "" : "does not round divisions correctly";
    String subnormals = device.subnormals() ? "" : "flushes subnormal numbers to zero";
    return device.named()
        + " "
        + division
        + (division.isEmpty() || subnormals.isEmpty() ? "" : " and ")
        + subnormals
        + " in float: the last bits of results may differ from the CPU's";
  }
}
