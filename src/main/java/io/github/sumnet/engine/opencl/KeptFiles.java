package io.github.sumnet.engine.opencl;

import io.github.sumnet.data.npy.NpyBatches;
import io.github.sumnet.device.opencl.OpenClBuffer;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClException;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Optional;

/**
 * Files whose samples stay on the device, so that later epochs send none. A file is kept if there
 * is room for all of it, and once more samples were asked for than it has: what is used once is not
 * worth the memory.
 */
final class KeptFiles implements AutoCloseable {
  /**
   * How many samples are sent together, the last ones of a file aside: 3 MiB in float, so that
   * small steps do not wait for a transfer each.
   */
  static final int PIECE = 1 << 18;

  private final OpenClContext context;
  private final int bytesOfSample;
  private final IdentityHashMap<NpyBatches, Use> files = new IdentityHashMap<>();
  private long room;

  /**
   * None yet.
   *
   * @param room how many bytes of the device's memory all of them may take
   */
  KeptFiles(OpenClContext context, int bytesOfSample, long room) {
    this.context = context;
    this.bytesOfSample = bytesOfSample;
    this.room = room;
  }

  /**
   * What is kept of a file.
   *
   * @param numbers room for all its samples
   * @param sent which pieces of them are there
   */
  record Kept(OpenClBuffer numbers, BitSet sent) {}

  private static final class Use {
    /** How many samples were asked for. */
    private long samples;

    /** Null if it is not kept. */
    private Kept kept;
  }

  /** What is kept of a file of which samples are asked for; nothing of one that is not kept. */
  Optional<Kept> of(NpyBatches file, int samples) {
    Use use = files.computeIfAbsent(file, unused -> new Use());
    boolean first = use.samples <= file.samples();
    use.samples += samples;
    if (first && use.samples > file.samples()) {
      use.kept = allocate(file).orElse(null);
    }
    return Optional.ofNullable(use.kept);
  }

  private Optional<Kept> allocate(NpyBatches file) {
    if (file.samples() > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    long bytes = file.samples() * bytesOfSample;
    if (bytes > Math.min(room, context.device().largestBufferBytes())) {
      return Optional.empty();
    }
    try {
      OpenClBuffer numbers = context.buffer(bytes, "a file's samples");
      room -= bytes;
      return Optional.of(new Kept(numbers, new BitSet()));
    } catch (OpenClException full) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    for (Use use : files.values()) {
      if (use.kept != null) {
        use.kept.numbers().close();
      }
    }
    files.clear();
  }
}
