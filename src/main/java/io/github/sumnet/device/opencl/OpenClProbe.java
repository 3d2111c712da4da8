package io.github.sumnet.device.opencl;

import static org.lwjgl.opencl.CL10.CL_DEVICE_AVAILABLE;
import static org.lwjgl.opencl.CL10.CL_DEVICE_COMPILER_AVAILABLE;
import static org.lwjgl.opencl.CL10.CL_DEVICE_EXTENSIONS;
import static org.lwjgl.opencl.CL10.CL_DEVICE_GLOBAL_MEM_SIZE;
import static org.lwjgl.opencl.CL10.CL_DEVICE_MAX_COMPUTE_UNITS;
import static org.lwjgl.opencl.CL10.CL_DEVICE_MAX_MEM_ALLOC_SIZE;
import static org.lwjgl.opencl.CL10.CL_DEVICE_MAX_WORK_GROUP_SIZE;
import static org.lwjgl.opencl.CL10.CL_DEVICE_NAME;
import static org.lwjgl.opencl.CL10.CL_DEVICE_NOT_FOUND;
import static org.lwjgl.opencl.CL10.CL_DEVICE_SINGLE_FP_CONFIG;
import static org.lwjgl.opencl.CL10.CL_DEVICE_TYPE;
import static org.lwjgl.opencl.CL10.CL_DEVICE_TYPE_ALL;
import static org.lwjgl.opencl.CL10.CL_DEVICE_TYPE_CPU;
import static org.lwjgl.opencl.CL10.CL_DEVICE_TYPE_GPU;
import static org.lwjgl.opencl.CL10.CL_DEVICE_VENDOR;
import static org.lwjgl.opencl.CL10.CL_DEVICE_VERSION;
import static org.lwjgl.opencl.CL10.CL_DRIVER_VERSION;
import static org.lwjgl.opencl.CL10.CL_FP_DENORM;
import static org.lwjgl.opencl.CL10.CL_PLATFORM_NAME;
import static org.lwjgl.opencl.CL10.CL_PLATFORM_VERSION;
import static org.lwjgl.opencl.CL10.clGetDeviceIDs;
import static org.lwjgl.opencl.CL10.clGetDeviceInfo;
import static org.lwjgl.opencl.CL10.clGetPlatformIDs;
import static org.lwjgl.opencl.CL10.clGetPlatformInfo;
import static org.lwjgl.opencl.CL11.CL_DEVICE_NATIVE_VECTOR_WIDTH_DOUBLE;
import static org.lwjgl.opencl.CL11.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT;
import static org.lwjgl.opencl.CL12.CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/** Asks the loader for platforms and devices. */
final class OpenClProbe {
  /** The loader's answer if there are no drivers at all. */
  private static final int NO_PLATFORM = -1001;

  private OpenClProbe() {}

  /** A device and what it is known by to its driver. */
  record Found(long handle, OpenClDevice device) {}

  /**
   * What asking yields, driver by driver: one that fails must not hide the others' devices.
   *
   * @param failures what went wrong
   */
  private record Findings(List<String> names, List<Found> devices, List<String> failures) {
    void ask(long platform) {
      List<Found> found = new ArrayList<>();
      try {
        String name = platformName(platform);
        names.add(name);
        for (long device : OpenClProbe.devices(platform)) {
          found.add(new Found(device, device(devices.size() + found.size(), name, device)));
        }
        devices.addAll(found);
      } catch (RuntimeException | LinkageError failure) {
        failures.add(inWords(failure));
      }
    }
  }

  static OpenClFacts facts() {
    String library = OpenClLibrary.name();
    try {
      OpenClLibrary.prepare();
    } catch (OpenClException impossible) {
      return nothing(library, true, impossible);
    }
    try {
      OpenClLibrary.load();
    } catch (OpenClException missing) {
      return nothing(library, false, missing);
    }
    try {
      Findings findings = findings();
      return new OpenClFacts(
          library,
          true,
          findings.names,
          findings.devices.stream().map(Found::device).toList(),
          findings.failures.stream().findFirst());
    } catch (RuntimeException | LinkageError failure) {
      return nothing(library, true, failure);
    }
  }

  private static OpenClFacts nothing(String library, boolean loader, Throwable why) {
    return new OpenClFacts(library, loader, List.of(), List.of(), Optional.of(inWords(why)));
  }

  /**
   * A device.
   *
   * @param number its place among those of all platforms
   * @throws OpenClException if there are not so many
   */
  static Found find(int number) {
    OpenClLibrary.load();
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

  private static List<Long> platforms() {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer count = stack.ints(0);
      int code = clGetPlatformIDs(null, count);
      if (code == NO_PLATFORM || count.get(0) == 0) {
        return List.of();
      }
      OpenClStatus.check(code, "clGetPlatformIDs");
      PointerBuffer handles = stack.mallocPointer(count.get(0));
      OpenClStatus.check(clGetPlatformIDs(handles, (IntBuffer) null), "clGetPlatformIDs");
      return list(handles);
    }
  }

  private static List<Long> devices(long platform) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer count = stack.ints(0);
      int code = clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, null, count);
      if (code == CL_DEVICE_NOT_FOUND || count.get(0) == 0) {
        return List.of();
      }
      OpenClStatus.check(code, "clGetDeviceIDs");
      PointerBuffer handles = stack.mallocPointer(count.get(0));
      OpenClStatus.check(
          clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, handles, (IntBuffer) null),
          "clGetDeviceIDs");
      return list(handles);
    }
  }

  private static List<Long> list(PointerBuffer handles) {
    List<Long> list = new ArrayList<>();
    while (handles.hasRemaining()) {
      list.add(handles.get());
    }
    return list;
  }

  private static OpenClDevice device(int number, String platform, long device) {
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

  private static String platformName(long platform) {
    return platformText(platform, CL_PLATFORM_NAME)
        + ", "
        + platformText(platform, CL_PLATFORM_VERSION);
  }

  private static String platformText(long platform, int what) {
    return text((value, size) -> clGetPlatformInfo(platform, what, value, size));
  }

  private static String text(long device, int what) {
    return text((value, size) -> clGetDeviceInfo(device, what, value, size));
  }

  private interface Query {
    int ask(ByteBuffer value, PointerBuffer size);
  }

  private static String text(Query query) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer size = stack.mallocPointer(1);
      OpenClStatus.check(query.ask(null, size), "a question about an OpenCL device");
      ByteBuffer value = MemoryUtil.memAlloc(Math.max(1, (int) size.get(0)));
      try {
        OpenClStatus.check(query.ask(value, null), "a question about an OpenCL device");
        // The text ends with a zero byte.
        return MemoryUtil.memUTF8(value, Math.max(0, (int) size.get(0) - 1)).strip();
      } finally {
        MemoryUtil.memFree(value);
      }
    }
  }

  /** Answers have one to eight bytes; the machine is little-endian where LWJGL runs. */
  private static long number(long device, int what) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      ByteBuffer value = stack.calloc(Long.BYTES);
      PointerBuffer size = stack.mallocPointer(1);
      int code = clGetDeviceInfo(device, what, value, size);
      OpenClStatus.check(code, "a question about an OpenCL device");
      return size.get(0) == Long.BYTES ? value.getLong(0) : Integer.toUnsignedLong(value.getInt(0));
    }
  }
}
