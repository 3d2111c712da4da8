package io.github.sumnet.opencl;

import static org.lwjgl.opencl.CL10.clReleaseMemObject;

/** Memory of a device. */
public final class OpenClBuffer implements AutoCloseable {
  private final long handle;
  private final long bytes;

  OpenClBuffer(long handle, long bytes) {
    this.handle = handle;
    this.bytes = bytes;
  }

  long handle() {
    return handle;
  }

  /** Its size. */
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    clReleaseMemObject(handle);
  }
}
