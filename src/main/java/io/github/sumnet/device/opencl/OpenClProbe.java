package io.github.sumnet.device.opencl;

import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_AVAILABLE;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_COMPILER_AVAILABLE;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_EXTENSIONS;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_GLOBAL_MEM_SIZE;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_MAX_COMPUTE_UNITS;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_MAX_MEM_ALLOC_SIZE;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_MAX_WORK_GROUP_SIZE;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_NAME;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_NATIVE_VECTOR_WIDTH_DOUBLE;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_NOT_FOUND;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_SINGLE_FP_CONFIG;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_TYPE;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_TYPE_ACCELERATOR;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_TYPE_CPU;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_TYPE_GPU;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_VENDOR;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_VERSION;
import static org.bytedeco.opencl.global.OpenCL.CL_DRIVER_VERSION;
import static org.bytedeco.opencl.global.OpenCL.CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT;
import static org.bytedeco.opencl.global.OpenCL.CL_FP_DENORM;
import static org.bytedeco.opencl.global.OpenCL.CL_PLATFORM_NAME;
import static org.bytedeco.opencl.global.OpenCL.CL_PLATFORM_VERSION;
import static org.bytedeco.opencl.global.OpenCL.clGetDeviceIDs;
import static org.bytedeco.opencl.global.OpenCL.clGetDeviceInfo;
import static org.bytedeco.opencl.global.OpenCL.clGetPlatformIDs;
import static org.bytedeco.opencl.global.OpenCL.clGetPlatformInfo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.opencl._cl_device_id;
import org.bytedeco.opencl._cl_platform_id;
import org.bytedeco.opencl.global.OpenCL;

/**
 * Asks the loader, the library through which all OpenCL drivers of a machine are reached, for
 * platforms and devices. It comes along: Khronos' own is in the class path's natives, and JavaCPP
 * unpacks it where it unpacks ND4J's.
 */
final class OpenClProbe {
  /** The name that messages have for the loader. */
  private static final String LIBRARY =
      Loader.getPlatform().startsWith("linux") ? "libOpenCL.so.1" : "OpenCL";

  /** The loader's answer if there are no drivers at all. */
  private static final int NO_PLATFORM = -1001;

  /** All kinds; the constant for them is 64 bits wide, and the binding would extend its sign. */
  private static final int ANY_KIND =
      CL_DEVICE_TYPE_GPU | CL_DEVICE_TYPE_CPU | CL_DEVICE_TYPE_ACCELERATOR;

  private OpenClProbe() {}

  record Found(_cl_device_id handle, OpenClDevice device) {}

  /**
   * What asking yields, driver by driver: one that fails must not hide the others' devices.
   *
   * @param failures what went wrong
   */
  private record Findings(List<String> names, List<Found> devices, List<String> failures) {
    void ask(_cl_platform_id platform) {
      List<Found> found = new ArrayList<>();
      try {
        String name = platformName(platform);
        names.add(name);
        for (_cl_device_id device : OpenClProbe.devices(platform)) {
          found.add(new Found(device, device(devices.size() + found.size(), name, device)));
        }
        devices.addAll(found);
      } catch (RuntimeException | LinkageError failure) {
        failures.add(inWords(failure));
      }
    }
  }

  /**
   * Loads the loader, once and for all in this JVM.
   *
   * @throws OpenClException if that cannot be done here
   */
  private static synchronized void load() {
    try {
      Loader.load(OpenCL.class);
    } catch (LinkageError missing) {
      throw new OpenClException(LIBRARY + " could not be loaded: " + missing.getMessage(), missing);
    }
    OpenClDrivers.nameToLoader();
  }

  static OpenClFacts facts() {
    try {
      load();
    } catch (OpenClException missing) {
      return nothing(false, missing);
    }
    try {
      Findings findings = findings();
      return new OpenClFacts(
          LIBRARY,
          true,
          OpenClDrivers.found(),
          findings.names,
          findings.devices.stream().map(Found::device).toList(),
          findings.failures.stream().findFirst());
    } catch (RuntimeException | LinkageError failure) {
      return nothing(true, failure);
    }
  }

  private static OpenClFacts nothing(boolean loader, Throwable why) {
    return new OpenClFacts(
        LIBRARY, loader, List.of(), List.of(), List.of(), Optional.of(inWords(why)));
  }

  /**
   * A device.
   *
   * @param number its place among those of all platforms
   * @throws OpenClException if there are not so many
   */
  static Found find(int number) {
    load();
    List<Found> devices = findings().devices;
    if (number >= devices.size()) {
      throw new OpenClException("there is no OpenCL device " + number + ", only " + devices.size());
    }
    return devices.get(number);
  }

  private static Findings findings() {
    Findings findings = new Findings(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    platforms().forEach(findings::ask);
    return findings;
  }

  private static String inWords(Throwable failure) {
    return failure instanceof OpenClException ? failure.getMessage() : failure.toString();
  }

  private static List<_cl_platform_id> platforms() {
    int[] count = new int[1];
    int code = clGetPlatformIDs(0, (PointerPointer<?>) null, count);
    if (code == NO_PLATFORM || count[0] == 0) {
      return List.of();
    }
    OpenClStatus.check(code, "clGetPlatformIDs");
    try (PointerPointer<_cl_platform_id> handles = new PointerPointer<>(count[0])) {
      OpenClStatus.check(clGetPlatformIDs(count[0], handles, (int[]) null), "clGetPlatformIDs");
      return IntStream.range(0, count[0])
          .mapToObj(i -> handles.get(_cl_platform_id.class, i))
          .toList();
    }
  }

  private static List<_cl_device_id> devices(_cl_platform_id platform) {
    int[] count = new int[1];
    int code = clGetDeviceIDs(platform, ANY_KIND, 0, (PointerPointer<?>) null, count);
    if (code == CL_DEVICE_NOT_FOUND || count[0] == 0) {
      return List.of();
    }
    OpenClStatus.check(code, "clGetDeviceIDs");
    try (PointerPointer<_cl_device_id> handles = new PointerPointer<>(count[0])) {
      OpenClStatus.check(
          clGetDeviceIDs(platform, ANY_KIND, count[0], handles, (int[]) null), "clGetDeviceIDs");
      return IntStream.range(0, count[0])
          .mapToObj(i -> handles.get(_cl_device_id.class, i))
          .toList();
    }
  }

  private static OpenClDevice device(int number, String platform, _cl_device_id device) {
    boolean doubles = text(device, CL_DEVICE_EXTENSIONS).contains("cl_khr_fp64");
    long floats = number(device, CL_DEVICE_SINGLE_FP_CONFIG);
    return new OpenClDevice(
        number,
        platform,
        text(device, CL_DEVICE_NAME),
        text(device, CL_DEVICE_VENDOR),
        text(device, CL_DRIVER_VERSION),
        text(device, CL_DEVICE_VERSION),
        kind(number(device, CL_DEVICE_TYPE)),
        number(device, CL_DEVICE_AVAILABLE) != 0,
        number(device, CL_DEVICE_COMPILER_AVAILABLE) != 0,
        (int) number(device, CL_DEVICE_MAX_COMPUTE_UNITS),
        number(device, CL_DEVICE_GLOBAL_MEM_SIZE),
        number(device, CL_DEVICE_MAX_MEM_ALLOC_SIZE),
        (int) number(device, CL_DEVICE_MAX_WORK_GROUP_SIZE),
        (int) number(device, CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT),
        doubles ? (int) number(device, CL_DEVICE_NATIVE_VECTOR_WIDTH_DOUBLE) : 0,
        doubles,
        (floats & CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT) != 0,
        (floats & CL_FP_DENORM) != 0);
  }

  private static OpenClDevice.Kind kind(long type) {
    if ((type & CL_DEVICE_TYPE_GPU) != 0) {
      return OpenClDevice.Kind.GPU;
    }
    return (type & CL_DEVICE_TYPE_CPU) != 0 ? OpenClDevice.Kind.CPU : OpenClDevice.Kind.ACCELERATOR;
  }

  private static String platformName(_cl_platform_id platform) {
    return platformText(platform, CL_PLATFORM_NAME)
        + ", "
        + platformText(platform, CL_PLATFORM_VERSION);
  }

  private static String platformText(_cl_platform_id platform, int what) {
    return text((room, text, size) -> clGetPlatformInfo(platform, what, room, text, size));
  }

  private static String text(_cl_device_id device, int what) {
    return text((room, text, size) -> clGetDeviceInfo(device, what, room, text, size));
  }

  /** A question that is answered with text: at first with its size. */
  interface Query {
    int ask(long room, Pointer text, SizeTPointer size);
  }

  static String text(Query query) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      OpenClStatus.check(query.ask(0, null, size), "a question about an OpenCL device");
      byte[] text = new byte[(int) size.get()];
      try (BytePointer answer = new BytePointer(text.length + 1L)) {
        OpenClStatus.check(
            query.ask(text.length, answer, null), "a question about an OpenCL device");
        answer.get(text);
      }
      // The text ends with a zero byte, some with several.
      return new String(text, StandardCharsets.UTF_8).replace("\0", "").strip();
    }
  }

  /** Answers have one to eight bytes; the machines that there are natives for are little-endian. */
  static long number(_cl_device_id device, int what) {
    try (LongPointer value = new LongPointer(1);
        SizeTPointer size = new SizeTPointer(1)) {
      value.put(0);
      OpenClStatus.check(
          clGetDeviceInfo(device, what, Long.BYTES, value, size),
          "a question about an OpenCL device");
      return size.get() == Long.BYTES ? value.get() : Integer.toUnsignedLong((int) value.get());
    }
  }
}
