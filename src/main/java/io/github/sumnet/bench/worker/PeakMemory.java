package io.github.sumnet.bench.worker;

import io.github.sumnet.bench.Memory;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The most memory that this process has held since a moment: its own (Linux only), a device's. */
final class PeakMemory {
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESET_PEAK = "5";
  private static final String PEAK = "VmHWM:";

  private final Device device;

  /** Null if it is not one of OpenCL's. */
  private final OpenClMemory openCl;

  private long mostBefore;

  /**
   * Forgets what was held before.
   *
   * @param number which of the machine's OpenCL devices; 0 for another device
   */
  PeakMemory(Device device, int number) {
    this.device = device;
    System.gc();
    try {
      Files.writeString(CLEAR, RESET_PEAK);
    } catch (IOException notLinux) {
      // Then nothing can be read either.
    }
    openCl = device == Device.OPENCL ? OpenClContext.of(number).memory() : null;
    goOn();
  }

  /** What is taken from an OpenCL device from now on does not count, if it is given back. */
  void pause() {
    mostBefore = openCl == null ? 0 : Math.max(mostBefore, openCl.most());
  }

  /** Counts again after a pause. */
  void goOn() {
    if (openCl != null) {
      openCl.reset();
    }
  }

  /** What was held since, on a device that is not the CPU too; on CUDA, what all hold now. */
  Memory read() {
    return new Memory(residentBytes(), deviceBytes());
  }

  private static Long residentBytes() {
    if (!Files.isWritable(CLEAR)) {
      return null;
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(PEAK))
          .map(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(null);
    } catch (IOException notLinux) {
      return null;
    }
  }

  private Long deviceBytes() {
    return switch (device) {
      case CPU -> null;
      case CUDA -> inUseOnCuda();
      case OPENCL -> Math.max(mostBefore, openCl.most());
    };
  }

  private static long inUseOnCuda() {
    int device = Nd4j.getAffinityManager().getDeviceForCurrentThread();
    NativeOps nd4j = NativeOpsHolder.getInstance().getDeviceNativeOps();
    return nd4j.getDeviceTotalMemory(device) - nd4j.getDeviceFreeMemory(device);
  }
}
