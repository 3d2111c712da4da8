package io.github.sumnet.bench;

import io.github.sumnet.device.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The most memory that this process has held since a moment; Linux only. */
final class PeakMemory {
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESET_PEAK = "5";
  private static final String PEAK = "VmHWM:";

  private PeakMemory() {}

  /** Forgets what was held before. */
  static void reset() {
    System.gc();
    try {
      Files.writeString(CLEAR, RESET_PEAK);
    } catch (IOException notLinux) {
      // Then nothing can be read either.
    }
  }

  /** What was held since; on a GPU, what all its users hold now. */
  static BenchRow.Memory read(Device device) {
    return new BenchRow.Memory(residentBytes(), device == Device.CPU ? null : deviceBytes());
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

  private static long deviceBytes() {
    int device = Nd4j.getAffinityManager().getDeviceForCurrentThread();
    NativeOps nd4j = NativeOpsHolder.getInstance().getDeviceNativeOps();
    return nd4j.getDeviceTotalMemory(device) - nd4j.getDeviceFreeMemory(device);
  }
}
