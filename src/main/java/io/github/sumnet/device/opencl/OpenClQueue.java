package io.github.sumnet.device.opencl;

import static org.bytedeco.opencl.global.OpenCL.CL_FALSE;
import static org.bytedeco.opencl.global.OpenCL.CL_MAP_WRITE_INVALIDATE_REGION;
import static org.bytedeco.opencl.global.OpenCL.CL_QUEUE_PROFILING_ENABLE;
import static org.bytedeco.opencl.global.OpenCL.CL_TRUE;
import static org.bytedeco.opencl.global.OpenCL.clCreateCommandQueue;
import static org.bytedeco.opencl.global.OpenCL.clEnqueueBarrierWithWaitList;
import static org.bytedeco.opencl.global.OpenCL.clEnqueueMapBuffer;
import static org.bytedeco.opencl.global.OpenCL.clEnqueueMarkerWithWaitList;
import static org.bytedeco.opencl.global.OpenCL.clEnqueueNDRangeKernel;
import static org.bytedeco.opencl.global.OpenCL.clEnqueueReadBuffer;
import static org.bytedeco.opencl.global.OpenCL.clEnqueueUnmapMemObject;
import static org.bytedeco.opencl.global.OpenCL.clEnqueueWriteBuffer;
import static org.bytedeco.opencl.global.OpenCL.clFinish;
import static org.bytedeco.opencl.global.OpenCL.clFlush;
import static org.bytedeco.opencl.global.OpenCL.clReleaseCommandQueue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.opencl._cl_command_queue;
import org.bytedeco.opencl._cl_context;
import org.bytedeco.opencl._cl_device_id;
import org.bytedeco.opencl._cl_event;

/** Work for a device, done one after another while the host goes on. For one thread. */
public final class OpenClQueue implements AutoCloseable {
  private static final _cl_event NONE = null;

  private final _cl_command_queue handle;
  private final String device;
  private final SizeTPointer allItems = new SizeTPointer(1);
  private final SizeTPointer itemsOfGroup = new SizeTPointer(1);

  @SuppressWarnings("deprecation") // OpenCL 1.2 has no other way to make a queue
  OpenClQueue(_cl_context context, _cl_device_id device, boolean timed, String deviceName) {
    this.device = deviceName;
    int[] code = new int[1];
    int properties = timed ? CL_QUEUE_PROFILING_ENABLE : 0;
    handle = clCreateCommandQueue(context, device, properties, code);
    check(code[0], "clCreateCommandQueue");
  }

  /**
   * Launches a kernel with the arguments that it has now.
   *
   * @param items how many work items are needed; the kernel ignores those that fill the last group
   * @param group how many make a group
   */
  public void launch(OpenClKernel kernel, long items, int group) {
    long groups = (items + group - 1) / group;
    allItems.put(groups * group);
    itemsOfGroup.put(group);
    check(
        clEnqueueNDRangeKernel(
            handle, kernel.handle(), 1, null, allItems, itemsOfGroup, 0, NONE, NONE),
        "the launch of the kernel " + kernel.name());
  }

  /** Lets what is given from now on wait for something in another queue. */
  public void waitFor(OpenClEvent event) {
    check(
        clEnqueueBarrierWithWaitList(handle, 1, event.handle(), NONE),
        "clEnqueueBarrierWithWaitList");
  }

  /** Copies to the device while the host goes on, which leaves the bytes alone until the end. */
  public OpenClEvent writeLater(OpenClBuffer to, long offset, ByteBuffer bytes) {
    _cl_event event = new _cl_event();
    write(to, CL_FALSE, offset, bytes, event);
    return new OpenClEvent(event, device);
  }

  /** Copies to the device and waits for it. */
  public void write(OpenClBuffer to, long offset, ByteBuffer bytes) {
    write(to, CL_TRUE, offset, bytes, NONE);
  }

  private void write(OpenClBuffer to, int waits, long offset, ByteBuffer bytes, _cl_event event) {
    Pointer memory = new Pointer(bytes);
    check(
        clEnqueueWriteBuffer(
            handle, to.handle(), waits, offset, bytes.remaining(), memory, 0, NONE, event),
        "clEnqueueWriteBuffer");
  }

  /**
   * A buffer's memory, which the host may write to.
   *
   * @param address where it is
   * @param memory the same
   * @param ready from when on
   */
  public record Mapping(Pointer address, ByteBuffer memory, OpenClEvent ready) {}

  /**
   * Lets the host write to a buffer once all before is done. What is in it is lost.
   *
   * @param before how it was mapped before, or null
   */
  public Mapping mapLater(OpenClBuffer buffer, Mapping before) {
    int[] code = new int[1];
    _cl_event event = new _cl_event();
    Pointer address =
        clEnqueueMapBuffer(
            handle,
            buffer.handle(),
            CL_FALSE,
            CL_MAP_WRITE_INVALIDATE_REGION,
            0,
            buffer.bytes(),
            0,
            NONE,
            event,
            code);
    check(code[0], "clEnqueueMapBuffer");
    // Most drivers give the same memory each time.
    ByteBuffer memory =
        before != null && before.address.equals(address)
            ? before.memory
            : address.capacity(buffer.bytes()).asByteBuffer().order(ByteOrder.nativeOrder());
    return new Mapping(address, memory, new OpenClEvent(event, device));
  }

  /** Gives what the host has written to the device; the host leaves the bytes alone from now on. */
  public void unmap(OpenClBuffer buffer, Mapping mapping) {
    check(
        clEnqueueUnmapMemObject(handle, buffer.handle(), mapping.address, 0, NONE, NONE),
        "clEnqueueUnmapMemObject");
  }

  /** Copies from the device once all before is done, and waits for it. */
  public void read(OpenClBuffer from, long offset, ByteBuffer bytes) {
    check(
        clEnqueueReadBuffer(
            handle,
            from.handle(),
            CL_TRUE,
            offset,
            bytes.remaining(),
            new Pointer(bytes),
            0,
            NONE,
            NONE),
        "clEnqueueReadBuffer");
  }

  /** The end of all that was given so far. */
  public OpenClEvent marker() {
    _cl_event event = new _cl_event();
    check(clEnqueueMarkerWithWaitList(handle, 0, NONE, event), "clEnqueueMarker");
    return new OpenClEvent(event, device);
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
    allItems.close();
    itemsOfGroup.close();
  }
}
