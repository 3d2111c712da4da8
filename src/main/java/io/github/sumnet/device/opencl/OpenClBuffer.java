package io.github.sumnet.device.opencl;

import static org.bytedeco.opencl.global.OpenCL.clReleaseMemObject;

import org.bytedeco.opencl._cl_mem;

/** Memory of a device. */
public final class OpenClBuffer implements AutoCloseable {
  private final _cl_mem handle;
  private final long bytes;
  private final OpenClMemory memory;
  private boolean released;

  OpenClBuffer(_cl_mem handle, long bytes, OpenClMemory memory) {
    this.handle = handle;
    this.bytes = bytes;
    this.memory = memory;
    memory.taken(bytes);
  }

  _cl_mem handle() {
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
