package io.github.sumnet.device.opencl;

import static org.lwjgl.opencl.CL10.clReleaseMemObject;

/** Memory of a device. */
public final class OpenClBuffer implements AutoCloseable {
  private final long handle;
  private final long bytes;
  private final OpenClMemory memory;
  private boolean released;

  OpenClBuffer(long handle, long bytes, OpenClMemory memory) {
    this.handle = handle;
    this.bytes = bytes;
    this.memory = memory;
    memory.taken(bytes);
  }

  long handle() {
    return handle;
  }

  /** The size in bytes. */
  public long bytes() {
    return bytes;
  }

  /** {@inheritDoc} Once more does nothing: a driver crashes over memory that it no longer has. */
  @Override
  public void close() {
    if (released) {
      return;
    }
    released = true;
    clReleaseMemObject(handle);
    memory.freed(bytes);
  }
}
