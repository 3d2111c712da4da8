package io.github.sumnet.device.opencl;

import static org.bytedeco.opencl.global.OpenCL.CL_PROFILING_COMMAND_END;
import static org.bytedeco.opencl.global.OpenCL.CL_PROFILING_COMMAND_START;
import static org.bytedeco.opencl.global.OpenCL.clGetEventProfilingInfo;
import static org.bytedeco.opencl.global.OpenCL.clReleaseEvent;
import static org.bytedeco.opencl.global.OpenCL.clWaitForEvents;

import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.opencl._cl_event;

/** The end of something that was given to a queue. */
public final class OpenClEvent implements AutoCloseable {
  private final _cl_event handle;
  private final String device;

  OpenClEvent(_cl_event handle, String device) {
    this.handle = handle;
    this.device = device;
  }

  _cl_event handle() {
    return handle;
  }

  /**
   * Waits for it.
   *
   * @throws OpenClException if it, or what it waited for, failed
   */
  public void await() {
    OpenClStatus.check(clWaitForEvents(1, handle), device + ": clWaitForEvents");
  }

  /** How long the device was at it, by its own clock, once it is over; of a timed queue. */
  public double seconds() {
    return (nanoseconds(CL_PROFILING_COMMAND_END) - nanoseconds(CL_PROFILING_COMMAND_START)) / 1e9;
  }

  private long nanoseconds(int what) {
    try (LongPointer time = new LongPointer(1)) {
      OpenClStatus.check(
          clGetEventProfilingInfo(handle, what, Long.BYTES, time, null), "clGetEventProfilingInfo");
      return time.get();
    }
  }

  @Override
  public void close() {
    clReleaseEvent(handle);
  }
}
