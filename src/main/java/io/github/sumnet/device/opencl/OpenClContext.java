package io.github.sumnet.device.opencl;

import static org.bytedeco.opencl.global.OpenCL.CL_BUILD_PROGRAM_FAILURE;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_ATOMIC_FENCE_CAPABILITIES;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_ATOMIC_MEMORY_CAPABILITIES;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_ATOMIC_ORDER_ACQ_REL;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_ATOMIC_SCOPE_DEVICE;
import static org.bytedeco.opencl.global.OpenCL.CL_DEVICE_LOCAL_MEM_SIZE;
import static org.bytedeco.opencl.global.OpenCL.CL_KERNEL_WORK_GROUP_SIZE;
import static org.bytedeco.opencl.global.OpenCL.CL_MEM_ALLOC_HOST_PTR;
import static org.bytedeco.opencl.global.OpenCL.CL_MEM_READ_WRITE;
import static org.bytedeco.opencl.global.OpenCL.CL_PROGRAM_BUILD_LOG;
import static org.bytedeco.opencl.global.OpenCL.CL_SUCCESS;
import static org.bytedeco.opencl.global.OpenCL.clBuildProgram;
import static org.bytedeco.opencl.global.OpenCL.clCreateBuffer;
import static org.bytedeco.opencl.global.OpenCL.clCreateContext;
import static org.bytedeco.opencl.global.OpenCL.clCreateProgramWithSource;
import static org.bytedeco.opencl.global.OpenCL.clGetKernelWorkGroupInfo;
import static org.bytedeco.opencl.global.OpenCL.clGetProgramBuildInfo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.opencl._cl_context;
import org.bytedeco.opencl._cl_device_id;
import org.bytedeco.opencl._cl_mem;
import org.bytedeco.opencl._cl_program;

/**
 * One device opened for computing: memory, queues, compiled programs. There is one for each device
 * in a JVM, for all who compute on it, since opening and compiling take a GPU's driver seconds; it
 * is never closed.
 */
public final class OpenClContext {
  private static final Map<Integer, OpenClContext> OPEN = new HashMap<>();

  private final OpenClDevice facts;
  private final _cl_device_id device;
  private final _cl_context handle;
  private final Counting counting;
  private final long localBytes;
  private final OpenClMemory memory = new OpenClMemory();
  private final Map<String, OpenClProgram> programs = new HashMap<>();

  private OpenClContext(OpenClDevice facts, _cl_device_id device, _cl_context handle) {
    this.facts = facts;
    this.device = device;
    this.handle = handle;
    localBytes = OpenClProbe.number(device, CL_DEVICE_LOCAL_MEM_SIZE);
    counting = Counting.of(facts, device);
  }

  /** How the last work group of a launch can see what the others have written. */
  public enum Counting {
    /** OpenCL 1.2, and 3.0 where it says nothing else. */
    NONE(""),
    /** OpenCL 2.0 to 2.2 have fences and atomic operations for the whole device. */
    OPENCL_2("-cl-std=CL2.0"),
    /** So may 3.0. */
    OPENCL_3("-cl-std=CL3.0"),
    /** NVIDIA's compiler takes PTX, which has them. */
    PTX("");

    private static final int NEEDED =
        CL_DEVICE_ATOMIC_ORDER_ACQ_REL | CL_DEVICE_ATOMIC_SCOPE_DEVICE;

    private final String option;

    Counting(String option) {
      this.option = option;
    }

    private static Counting of(OpenClDevice facts, _cl_device_id device) {
      if (facts.platform().startsWith("NVIDIA CUDA")) {
        return PTX;
      }
      if (facts.version().startsWith("OpenCL 2.")) {
        return OPENCL_2;
      }
      return facts.version().startsWith("OpenCL 3.")
              && has(device, CL_DEVICE_ATOMIC_MEMORY_CAPABILITIES)
              && has(device, CL_DEVICE_ATOMIC_FENCE_CAPABILITIES)
          ? OPENCL_3
          : NONE;
    }

    private static boolean has(_cl_device_id device, int capabilities) {
      return (OpenClProbe.number(device, capabilities) & NEEDED) == NEEDED;
    }

    /** The compiler's option for it. */
    public String option() {
      return option;
    }
  }

  /** Whether work groups can count themselves, and how. */
  public Counting counting() {
    return counting;
  }

  /** The local memory that a work group may have. */
  public long localBytes() {
    return localBytes;
  }

  /** The most work items that a group of a kernel may have, whose registers are the limit. */
  public int largestGroup(OpenClKernel kernel) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      OpenClStatus.check(
          clGetKernelWorkGroupInfo(
              kernel.handle(), device, CL_KERNEL_WORK_GROUP_SIZE, Long.BYTES, size, null),
          "clGetKernelWorkGroupInfo");
      return (int) size.get();
    }
  }

  /**
   * The context of a device.
   *
   * @param number its place among the devices of all platforms
   * @throws OpenClException if there is no such device or it cannot be opened
   */
  public static synchronized OpenClContext of(int number) {
    OpenClContext open = OPEN.get(number);
    if (open == null) {
      open = open(number);
      OPEN.put(number, open);
    }
    return open;
  }

  private static OpenClContext open(int number) {
    OpenClProbe.Found found = OpenClProbe.find(number);
    int[] code = new int[1];
    _cl_context handle = clCreateContext(null, 1, found.handle(), null, null, code);
    OpenClStatus.check(code[0], found.device().named() + ": clCreateContext");
    return new OpenClContext(found.device(), found.handle(), handle);
  }

  /** What the device says of itself. */
  public OpenClDevice device() {
    return facts;
  }

  /** How much of its memory is in use. */
  public OpenClMemory memory() {
    return memory;
  }

  /**
   * A queue of work for the device, done in the order in which it was given.
   *
   * @param timed whether the device takes down when it was at what, which costs some time
   */
  public OpenClQueue queue(boolean timed) {
    return new OpenClQueue(handle, device, timed, facts.named());
  }

  /**
   * Memory on the device.
   *
   * @param what what it is for, for the message
   * @throws OpenClException if it has not so much left
   */
  public OpenClBuffer buffer(long bytes, String what) {
    return buffer(0, bytes, what);
  }

  /** The same in memory that the host can write to, and copy from at full speed. */
  public OpenClBuffer hostBuffer(long bytes, String what) {
    return buffer(CL_MEM_ALLOC_HOST_PTR, bytes, what);
  }

  private OpenClBuffer buffer(int flags, long bytes, String what) {
    int[] code = new int[1];
    _cl_mem buffer = clCreateBuffer(handle, CL_MEM_READ_WRITE | flags, bytes, null, code);
    if (code[0] != CL_SUCCESS) {
      throw new OpenClException(
          String.format(
              Locale.ROOT,
              "%s has no %.1f MiB for %s: %s; its memory is %.1f GiB, its largest buffer"
                  + " %.1f GiB; choose a smaller batch",
              facts.named(),
              bytes / 0x1p20,
              what,
              OpenClStatus.inWords(code[0]),
              facts.memoryBytes() / 0x1p30,
              facts.largestBufferBytes() / 0x1p30));
    }
    return new OpenClBuffer(buffer, bytes, memory);
  }

  /**
   * Several buffers, or none.
   *
   * @param what what they are for, for the message
   * @param bytes the size of each
   * @throws OpenClException if the device has not so much left
   */
  public List<OpenClBuffer> buffers(String what, long... bytes) {
    List<OpenClBuffer> buffers = new ArrayList<>();
    try {
      for (long size : bytes) {
        buffers.add(buffer(size, what));
      }
      return List.copyOf(buffers);
    } catch (OpenClException | OutOfMemoryError full) {
      buffers.forEach(OpenClBuffer::close);
      throw full;
    }
  }

  /**
   * A compiled program; the same one again for the same source and options.
   *
   * @throws OpenClBuildException if the device's compiler refuses it
   */
  public synchronized OpenClProgram program(String source, String options) {
    String key = options + '\n' + source;
    OpenClProgram program = programs.get(key);
    if (program == null) {
      program = new OpenClProgram(build(source, options));
      programs.put(key, program);
    }
    return program;
  }

  private _cl_program build(String source, String options) {
    byte[] text = source.getBytes(StandardCharsets.UTF_8);
    int[] code = new int[1];
    _cl_program program;
    try (SizeTPointer length = new SizeTPointer(1)) {
      program = clCreateProgramWithSource(handle, 1, text, length.put(text.length), code);
    }
    OpenClStatus.check(code[0], "clCreateProgramWithSource");
    int built = clBuildProgram(program, 1, device, options, null, null);
    if (built == CL_BUILD_PROGRAM_FAILURE) {
      throw new OpenClBuildException(
          "the compiler of " + facts.named() + " refused the kernel", buildLog(program));
    }
    OpenClStatus.check(built, "clBuildProgram");
    return program;
  }

  private String buildLog(_cl_program program) {
    return OpenClProbe.text(
        (room, text, size) ->
            clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, room, text, size));
  }
}
