package io.github.sumnet.device.opencl;

import static org.lwjgl.opencl.CL10.clReleaseKernel;
import static org.lwjgl.opencl.CL10.clSetKernelArg;
import static org.lwjgl.opencl.CL10.clSetKernelArg1d;
import static org.lwjgl.opencl.CL10.clSetKernelArg1f;
import static org.lwjgl.opencl.CL10.clSetKernelArg1i;
import static org.lwjgl.opencl.CL10.clSetKernelArg1l;
import static org.lwjgl.opencl.CL10.clSetKernelArg1p;

import java.nio.ByteBuffer;

/** A kernel and the arguments that its next launch takes, set one after another. */
public final class OpenClKernel implements AutoCloseable {
  private final String name;
  private final long handle;
  private int next;

  OpenClKernel(String name, long handle) {
    this.name = name;
    this.handle = handle;
  }

  String name() {
    return name;
  }

  long handle() {
    return handle;
  }

  /** Begins with the first argument again. */
  public OpenClKernel arguments() {
    next = 0;
    return this;
  }

  /** The next argument is a buffer. */
  public OpenClKernel with(OpenClBuffer buffer) {
    return set(clSetKernelArg1p(handle, next, buffer.handle()));
  }

  /** The next argument is an int or uint. */
  public OpenClKernel with(int value) {
    return set(clSetKernelArg1i(handle, next, value));
  }

  /** The next argument is a long or ulong. */
  public OpenClKernel with(long value) {
    return set(clSetKernelArg1l(handle, next, value));
  }

  /** The next argument is a float. */
  public OpenClKernel with(float value) {
    return set(clSetKernelArg1f(handle, next, value));
  }

  /** The next argument is a double. */
  public OpenClKernel with(double value) {
    return set(clSetKernelArg1d(handle, next, value));
  }

  /** The next argument is a vector of such numbers, in the device's byte order. */
  public OpenClKernel with(ByteBuffer vector) {
    return set(clSetKernelArg(handle, next, vector));
  }

  private OpenClKernel set(int code) {
    OpenClStatus.check(code, "argument " + next + " of the kernel " + name);
    next++;
    return this;
  }

  @Override
  public void close() {
    clReleaseKernel(handle);
  }
}
