package io.github.sumnet.engine.chunk;

import java.util.Objects;

/**
 * The sum of a step's chunks along a binary tree whose shape depends on their number alone: chunks
 * 0 and 1 are added, 2 and 3, and so on; then the first two of those sums, the next two, and so on,
 * until one is left. A sum without a neighbour goes up as it is. So the bits are the same whoever
 * computed which chunk, in whatever order; any aligned run of chunks may be summed for itself; and
 * a chunk goes through ⌈log₂ n⌉ additions at most.
 *
 * <p>What has no neighbour yet is kept: at most two sums at each level for every run of chunks that
 * arrives in order. Threads may add at the same time; nobody waits for a chunk.
 */
public final class TreeSum implements AutoCloseable {
  /** A sum whose neighbour is to come, by the first chunk of the right one of the two. */
  private final ChunkSum[] waiting;

  private final int chunks;
  private ChunkSum total;

  /** The sum of so many chunks, at least one. */
  public TreeSum(int chunks) {
    this.chunks = chunks;
    waiting = new ChunkSum[chunks];
  }

  /**
   * Adds a chunk.
   *
   * @param position its number in the step, from 0
   * @param chunk valid during this call, but for the last one, which is valid until the total has
   *     been used
   */
  void add(int position, ChunkSum chunk) {
    add(0, position, chunk);
  }

  /**
   * Adds a run of chunks that was summed elsewhere: 2^level of them, fewer where the step ends.
   *
   * @param runPlace how many such runs are before it
   * @param run likewise valid
   */
  public synchronized void add(int runLevel, long runPlace, ChunkSum run) {
    ChunkSum sum = run;
    boolean kept = false;
    long place = runPlace;
    for (int level = runLevel; 1L << level < chunks; level++, place /= 2) {
      boolean hasNeighbour = place % 2 == 1 || (place + 1) << level < chunks;
      if (hasNeighbour) {
        int pair = Math.toIntExact((place | 1) << level);
        ChunkSum neighbour = waiting[pair];
        if (neighbour == null) {
          waiting[pair] = kept ? sum : sum.copy();
          return;
        }
        waiting[pair] = null;
        // Which of the two is added to the other makes no difference to the bits.
        ChunkSum both = neighbour.plus(sum);
        if (kept) {
          sum.gradient().close();
        }
        sum = both;
        kept = true;
      }
    }
    total = sum;
  }

  /** The sum of all chunks, once they have been added. */
  public synchronized ChunkSum total() {
    return Objects.requireNonNull(total, "a chunk is missing");
  }

  /** The sum of numbers along the same tree; the array is overwritten. */
  public static double of(double[] values) {
    for (int step = 1; step < values.length; step *= 2) {
      for (int i = 0; i + step < values.length; i += 2 * step) {
        values[i] += values[i + step];
      }
    }
    return values[0];
  }

  /** Frees the partial sums that are kept. */
  @Override
  public synchronized void close() {
    for (int pair = 0; pair < chunks; pair++) {
      if (waiting[pair] != null) {
        waiting[pair].gradient().close();
        waiting[pair] = null;
      }
    }
    if (total != null) {
      total.gradient().close();
      total = null;
    }
  }
}
