package io.github.sumnet.engine.opencl;

import io.github.sumnet.data.npy.NpyBatches;
import io.github.sumnet.device.opencl.OpenClBuffer;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClException;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Optional;

/**
 * Files whose samples stay on the device once they have been sent, so that later epochs send none.
 * A file is kept if there is room for all of it.
 */
final class KeptFiles implements AutoCloseable {
  private final OpenClContext context;
  private final int bytesOfSample;
  private final boolean onHost;
  private final IdentityHashMap<NpyBatches, Optional<Kept>> files = new IdentityHashMap<>();
  private long room;

  /**
   * None yet.
   *
   * @param onHost whether the device's memory is the host's
   * @param room how many bytes of it all of them may take
   */
  KeptFiles(OpenClContext context, int bytesOfSample, boolean onHost, long room) {
    this.context = context;
    this.bytesOfSample = bytesOfSample;
    this.onHost = onHost;
    this.room = room;
  }

  /**
   * What is kept of a file.
   *
   * @param numbers room for all its samples
   * @param sent which of them are there
   */
  record Kept(OpenClBuffer numbers, BitSet sent) {}

  /** What is kept of a file; nothing of one that finds no room. */
  Optional<Kept> of(NpyBatches file) {
    return files.computeIfAbsent(file, this::allocate);
  }

  private Optional<Kept> allocate(NpyBatches file) {
    if (file.samples() > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    long bytes = file.samples() * bytesOfSample;
    if (bytes > Math.min(room, context.device().largestBufferBytes())) {
      return Optional.empty();
    }
    String what = "a file's samples";
    try {
      OpenClBuffer numbers = onHost ? context.hostBuffer(bytes, what) : context.buffer(bytes, what);
      room -= bytes;
      return Optional.of(new Kept(numbers, new BitSet()));
    } catch (OpenClException full) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    files.values().forEach(kept -> kept.ifPresent(it -> it.numbers().close()));
    files.clear();
  }
}
