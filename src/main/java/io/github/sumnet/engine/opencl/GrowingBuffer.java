package io.github.sumnet.engine.opencl;

import io.github.sumnet.device.opencl.OpenClBuffer;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClQueue;

/** A buffer of a device that is replaced where more is asked of it than it holds. */
final class GrowingBuffer implements AutoCloseable {
  private final OpenClContext context;
  private final OpenClQueue queue;
  private final String what;
  private OpenClBuffer buffer;

  GrowingBuffer(OpenClContext context, OpenClQueue queue, String what) {
    this.context = context;
    this.queue = queue;
    this.what = what;
  }

  /**
   * A buffer of at least so many bytes; what was in it may be lost.
   *
   * @throws io.github.sumnet.device.opencl.OpenClException if the device has not so much left;
   *     nothing is allocated then, and a later call tries again
   */
  OpenClBuffer atLeast(long bytes) {
    if (buffer == null || buffer.bytes() < bytes) {
      if (buffer != null) {
        // What was given to the queue may still use it.
        queue.finish();
      }
      close();
      buffer = context.buffer(bytes, what);
    }
    return buffer;
  }

  OpenClBuffer current() {
    return buffer;
  }

  @Override
  public void close() {
    if (buffer != null) {
      buffer.close();
      buffer = null;
    }
  }
}
