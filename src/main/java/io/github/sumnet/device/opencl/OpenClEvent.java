package io.github.sumnet.device.opencl;

import static org.lwjgl.opencl.CL10.CL_PROFILING_COMMAND_END;
import static org.lwjgl.opencl.CL10.CL_PROFILING_COMMAND_START;
import static org.lwjgl.opencl.CL10.clGetEventProfilingInfo;
import static org.lwjgl.opencl.CL10.clReleaseEvent;
import static org.lwjgl.opencl.CL10.clWaitForEvents;

import java.nio.LongBuffer;
import org.lwjgl.system.MemoryStack;

/** The end of something that was given to a queue. */
public final class OpenClEvent implements AutoCloseable {
  private final long handle;
  private final String device;

  OpenClEvent(long handle, String device) {
    this.handle = handle;
    this.device = device;
  }

  long handle() {
    return handle;
  }

  /**
   * Waits for it.
   *
   * @throws OpenClException if it, or what it waited for, failed
   */
  public void await() {
    OpenClStatus.check(clWaitForEvents(handle), device + ": clWaitForEvents");
  }

  /** How long the device was at it, by its own clock, once it is over; of a timed queue. */
  public double seconds() {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      LongBuffer start = stack.mallocLong(1);
      LongBuffer end = stack.mallocLong(1);
      OpenClStatus.check(
          clGetEventProfilingInfo(handle, CL_PROFILING_COMMAND_START, start, null),
          "clGetEventProfilingInfo");
      OpenClStatus.check(
          clGetEventProfilingInfo(handle, CL_PROFILING_COMMAND_END, end, null),
          "clGetEventProfilingInfo");
      return (end.get(0) - start.get(0)) / 1e9;
    }
  }

  @Override
  public void close() {
    clReleaseEvent(handle);
  }
}
