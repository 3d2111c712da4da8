package io.github.sumnet.opencl;

import static org.lwjgl.opencl.CL10.clReleaseMemObject;

/** Memory of a device. */
public final class OpenClBuffer implements AutoCloseable {
  private final long handle;
  private final long bytes;
  private final OpenClMemory memory;

  OpenClBuffer(long handle, long bytes, OpenClMemory memory) {
    this.handle = handle;
    this.bytes = bytes;
    this.memory = memory;
    memory.taken(bytes);
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
    memory.freed(bytes);
  }
}
