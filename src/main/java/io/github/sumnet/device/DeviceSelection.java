package io.github.sumnet.device;

import java.util.List;
import java.util.Locale;

/**
 * The decision on which device this JVM computes.
 *
 * @param reason one line for the user, such as "no NVIDIA driver was found"
 * @param fellBack whether CUDA would have been preferred
 */
public record DeviceSelection(Device device, String reason, boolean fellBack) {

  /**
   * Decides for this machine. Looks for CUDA only if the CPU was not asked for.
   *
   * @throws DeviceUnavailableException if CUDA was asked for and cannot be used
   */
  public static DeviceSelection onThisMachine(DeviceRequest request) {
    return request == DeviceRequest.CPU ? cpuAsAskedFor() : of(request, new CudaProbe().facts());
  }

  /**
   * Decides from facts: no look at the machine, no side effect.
   *
   * @throws DeviceUnavailableException if CUDA was asked for and cannot be used
   */
  public static DeviceSelection of(DeviceRequest request, CudaFacts facts) {
    if (request == DeviceRequest.CPU) {
      return cpuAsAskedFor();
    }
    List<CudaProblem> problems = CudaProblem.in(facts);
    if (problems.isEmpty()) {
      return new DeviceSelection(Device.CUDA, describe(facts.devices().get(0)), false);
    }
    if (request == DeviceRequest.CUDA) {
      throw new DeviceUnavailableException(
          "--device cuda cannot be used: " + firstOf(problems) + ". " + problems.get(0).fix());
    }
    return new DeviceSelection(Device.CPU, firstOf(problems), true);
  }

  private static DeviceSelection cpuAsAskedFor() {
    return new DeviceSelection(Device.CPU, "asked for", false);
  }

  private static String firstOf(List<CudaProblem> problems) {
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
}
