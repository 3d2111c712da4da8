package io.github.sumnet.device.opencl;

import static org.lwjgl.opencl.CL10.CL_BUILD_PROGRAM_FAILURE;
import static org.lwjgl.opencl.CL10.CL_MEM_READ_WRITE;
import static org.lwjgl.opencl.CL10.CL_PROGRAM_BUILD_LOG;
import static org.lwjgl.opencl.CL10.CL_SUCCESS;
import static org.lwjgl.opencl.CL10.clBuildProgram;
import static org.lwjgl.opencl.CL10.clCreateBuffer;
import static org.lwjgl.opencl.CL10.clCreateContext;
import static org.lwjgl.opencl.CL10.clCreateProgramWithSource;
import static org.lwjgl.opencl.CL10.clGetProgramBuildInfo;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/**
 * One device opened for computing: memory, queues, compiled programs. There is one for each device
 * in a JVM, for all who compute on it, since opening and compiling take a GPU's driver seconds; it
 * is never closed.
 */
public final class OpenClContext {
  private static final Map<Integer, OpenClContext> OPEN = new HashMap<>();

  private final OpenClDevice facts;
  private final long device;
  private final long handle;
  private final OpenClMemory memory = new OpenClMemory();
  private final Map<String, OpenClProgram> programs = new HashMap<>();

  private OpenClContext(OpenClDevice facts, long device, long handle) {
    this.facts = facts;
    this.device = device;
    this.handle = handle;
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
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer code = stack.mallocInt(1);
      long handle = clCreateContext(stack.pointers(0), found.handle(), null, 0, code);
      OpenClStatus.check(code.get(0), found.device().named() + ": clCreateContext");
      return new OpenClContext(found.device(), found.handle(), handle);
    }
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
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer code = stack.mallocInt(1);
      long buffer = clCreateBuffer(handle, CL_MEM_READ_WRITE, bytes, code);
      if (code.get(0) != CL_SUCCESS) {
        throw new OpenClException(
            String.format(
                Locale.ROOT,
                "%s has no %.1f MiB for %s: %s; its memory is %.1f GiB, its largest buffer"
                    + " %.1f GiB; choose a smaller batch",
                facts.named(),
                bytes / 0x1p20,
                what,
                OpenClStatus.inWords(code.get(0)),
                facts.memoryBytes() / 0x1p30,
                facts.largestBufferBytes() / 0x1p30));
      }
      return new OpenClBuffer(buffer, bytes, memory);
    }
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

  private long build(String source, String options) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer code = stack.mallocInt(1);
      long program = clCreateProgramWithSource(handle, source, code);
      OpenClStatus.check(code.get(0), "clCreateProgramWithSource");
      int built = clBuildProgram(program, device, options, null, 0);
      if (built == CL_BUILD_PROGRAM_FAILURE) {
        throw new OpenClBuildException(
            "the compiler of " + facts.named() + " refused the kernel", buildLog(program));
      }
      OpenClStatus.check(built, "clBuildProgram");
      return program;
    }
  }

  private String buildLog(long program) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer size = stack.mallocPointer(1);
      clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, (ByteBuffer) null, size);
      ByteBuffer log = MemoryUtil.memCalloc(Math.max(1, (int) size.get(0)));
      try {
        clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, log, null);
        return MemoryUtil.memUTF8(log).replace("\0", "");
      } finally {
        MemoryUtil.memFree(log);
      }
    }
  }
}
