package io.github.sumnet.device;

import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClFacts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** OpenCL facts of machines that the tests need. */
public final class OpenClMachines {
  static final String LIBRARY = "libOpenCL.so.1";
  static final String PLATFORM = "Some Vendor, OpenCL 3.0";

  private OpenClMachines() {}

  /** A machine without a loader. */
  public static OpenClFacts withoutLoader() {
    return new OpenClFacts(
        LIBRARY,
        false,
        List.of(),
        List.of(),
        List.of(),
        Optional.of(LIBRARY + " could not be loaded"));
  }

  /** A loader without a driver. */
  static OpenClFacts withoutPlatform() {
    return new OpenClFacts(LIBRARY, true, List.of(), List.of(), List.of(), Optional.empty());
  }

  /** A driver and these devices, which are numbered in their order. */
  public static OpenClFacts with(OpenClDevice... devices) {
    return new OpenClFacts(
        LIBRARY, true, List.of(), List.of(PLATFORM), Arrays.asList(devices), Optional.empty());
  }

  /** The same where asking for more went wrong. */
  static OpenClFacts broken(OpenClDevice... devices) {
    return new OpenClFacts(
        LIBRARY,
        true,
        List.of(),
        devices.length == 0 ? List.of() : List.of(PLATFORM),
        Arrays.asList(devices),
        Optional.of("clGetPlatformIDs returned CL_OUT_OF_HOST_MEMORY (-6)"));
  }

  /** A GPU that can do everything. */
  public static OpenClDevice gpu(int number) {
    return device(number, OpenClDevice.Kind.GPU, true, true, true);
  }

  /** What PoCL is. */
  public static OpenClDevice cpu(int number) {
    return device(number, OpenClDevice.Kind.CPU, true, true, true);
  }

  /** A GPU that knows float alone. */
  static OpenClDevice smallGpu(int number) {
    return device(number, OpenClDevice.Kind.GPU, true, true, false);
  }

  static OpenClDevice device(
      int number, OpenClDevice.Kind kind, boolean available, boolean compiler, boolean doubles) {
    return device(number, kind, available, compiler, doubles, true, true);
  }

  /** A GPU that rounds in its own way. */
  public static OpenClDevice gpu(int number, boolean exactDivision, boolean subnormals) {
    return device(number, OpenClDevice.Kind.GPU, true, true, true, exactDivision, subnormals);
  }

  private static OpenClDevice device(
      int number,
      OpenClDevice.Kind kind,
      boolean available,
      boolean compiler,
      boolean doubles,
      boolean exactDivision,
      boolean subnormals) {
    return new OpenClDevice(
        number,
        PLATFORM,
        "Card " + number,
        "Some Vendor",
        "550.1",
        "OpenCL 3.0",
        kind,
        available,
        compiler,
        60,
        24L << 30,
        6L << 30,
        1024,
        1,
        doubles ? 1 : 0,
        doubles,
        exactDivision,
        subnormals);
  }
}
