package io.github.sumnet.device.opencl;

/** How much of a device's memory this process holds in buffers. */
public final class OpenClMemory {
  private long held;
  private long most;

  OpenClMemory() {}

  synchronized void taken(long bytes) {
    held += bytes;
    most = Math.max(most, held);
  }

  synchronized void freed(long bytes) {
    held -= bytes;
  }

  /** Forgets what was held before. */
  public synchronized void reset() {
    most = held;
  }

  /** The most bytes that were held at a time since. */
  public synchronized long most() {
    return most;
  }
}
