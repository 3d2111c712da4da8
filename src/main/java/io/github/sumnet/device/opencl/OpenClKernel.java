package io.github.sumnet.device.opencl;

import static org.bytedeco.opencl.global.OpenCL.clReleaseKernel;
import static org.bytedeco.opencl.global.OpenCL.clSetKernelArg;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencl._cl_kernel;

/** A kernel and the arguments that its next launch takes, set one after another. */
public final class OpenClKernel implements AutoCloseable {
  /** What every device takes for all arguments of a kernel. */
  private static final int MOST_BYTES = 1024;

  private final String name;
  private final _cl_kernel handle;
  private final BytePointer argument = new BytePointer(MOST_BYTES);
  private final ByteBuffer value = argument.asByteBuffer();
  private int next;

  OpenClKernel(String name, _cl_kernel handle) {
    this.name = name;
    this.handle = handle;
  }

  String name() {
    return name;
  }

  _cl_kernel handle() {
    return handle;
  }

  /** Begins with the first argument again. */
  public OpenClKernel arguments() {
    next = 0;
    return this;
  }

  /** The next argument is a buffer. */
  public OpenClKernel with(OpenClBuffer buffer) {
    return with(buffer.handle().address());
  }

  /** The next argument is an int or uint. */
  public OpenClKernel with(int number) {
    return set(value.clear().putInt(number));
  }

  /** The next argument is a long or ulong. */
  public OpenClKernel with(long number) {
    return set(value.clear().putLong(number));
  }

  /** The next argument is a struct, in the device's byte order. */
  public OpenClKernel with(ByteBuffer struct) {
    return set(value.clear().put(struct.duplicate()));
  }

  /** The next argument is so many bytes of each group's local memory. */
  public OpenClKernel withLocal(int bytes) {
    return set(bytes, null);
  }

  private OpenClKernel set(ByteBuffer filled) {
    return set(filled.position(), argument);
  }

  private OpenClKernel set(int bytes, BytePointer from) {
    OpenClStatus.check(
        clSetKernelArg(handle, next, bytes, from), "argument " + next + " of the kernel " + name);
    next++;
    return this;
  }

  @Override
  public void close() {
    clReleaseKernel(handle);
    argument.close();
  }
}
