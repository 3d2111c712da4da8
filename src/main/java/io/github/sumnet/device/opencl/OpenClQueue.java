package io.github.sumnet.device.opencl;

import static org.lwjgl.opencl.CL10.CL_QUEUE_PROFILING_ENABLE;
import static org.lwjgl.opencl.CL10.clCreateCommandQueue;
import static org.lwjgl.opencl.CL10.clEnqueueNDRangeKernel;
import static org.lwjgl.opencl.CL10.clEnqueueReadBuffer;
import static org.lwjgl.opencl.CL10.clEnqueueWriteBuffer;
import static org.lwjgl.opencl.CL10.clFinish;
import static org.lwjgl.opencl.CL10.clFlush;
import static org.lwjgl.opencl.CL10.clReleaseCommandQueue;
import static org.lwjgl.opencl.CL12.clEnqueueBarrierWithWaitList;
import static org.lwjgl.opencl.CL12.clEnqueueMarkerWithWaitList;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;

/** Work for a device, done one after another while the host goes on. For one thread. */
public final class OpenClQueue implements AutoCloseable {
  private final long handle;
  private final String device;

  OpenClQueue(long context, long device, boolean timed, String deviceName) {
    this.device = deviceName;
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer code = stack.mallocInt(1);
      long properties = timed ? CL_QUEUE_PROFILING_ENABLE : 0;
      handle = clCreateCommandQueue(context, device, properties, code);
      check(code.get(0), "clCreateCommandQueue");
    }
  }

  /**
   * Launches a kernel with the arguments that it has now.
   *
   * @param items how many work items are needed; the kernel ignores those that fill the last group
   * @param group how many make a group
   */
  public void launch(OpenClKernel kernel, long items, int group) {
    long groups = (items + group - 1) / group;
    try (MemoryStack stack = MemoryStack.stackPush()) {
      check(
          clEnqueueNDRangeKernel(
              handle,
              kernel.handle(),
              1,
              null,
              stack.pointers(groups * group),
              stack.pointers(group),
              null,
              null),
          "the launch of the kernel " + kernel.name());
    }
  }

  /** Lets what is given from now on wait for something in another queue. */
  public void waitFor(OpenClEvent event) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      check(
          clEnqueueBarrierWithWaitList(handle, stack.pointers(event.handle()), null),
          "clEnqueueBarrierWithWaitList");
    }
  }

  /** Copies to the device while the host goes on, which leaves the bytes alone until the end. */
  public OpenClEvent writeLater(OpenClBuffer to, ByteBuffer bytes) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer event = stack.mallocPointer(1);
      check(
          clEnqueueWriteBuffer(handle, to.handle(), false, 0, bytes, null, event),
          "clEnqueueWriteBuffer");
      return new OpenClEvent(event.get(0), device);
    }
  }

  /** Copies to the device and waits for it. */
  public void write(OpenClBuffer to, long offset, ByteBuffer bytes) {
    check(
        clEnqueueWriteBuffer(handle, to.handle(), true, offset, bytes, null, null),
        "clEnqueueWriteBuffer");
  }

  /** Copies from the device once all before is done, and waits for it. */
  public void read(OpenClBuffer from, long offset, ByteBuffer bytes) {
    check(
        clEnqueueReadBuffer(handle, from.handle(), true, offset, bytes, null, null),
        "clEnqueueReadBuffer");
  }

  /** The end of all that was given so far. */
  public OpenClEvent marker() {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer event = stack.mallocPointer(1);
      check(clEnqueueMarkerWithWaitList(handle, null, event), "clEnqueueMarker");
      return new OpenClEvent(event.get(0), device);
    }
  }

  /** Sees to it that the device begins. */
  public void flush() {
    check(clFlush(handle), "clFlush");
  }

  /** Waits until the device has done all that it was given. */
  public void finish() {
    check(clFinish(handle), "clFinish");
  }

  private void check(int code, String call) {
    OpenClStatus.check(code, device + ": " + call);
  }

  @Override
  public void close() {
    clReleaseCommandQueue(handle);
  }
}
