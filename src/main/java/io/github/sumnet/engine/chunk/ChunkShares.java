package io.github.sumnet.engine.chunk;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shares out the chunks of a step: each member has neighbouring ones of its own, so that what it
 * reads lies together and stays in its caches from step to step, and helps the others when it is
 * through with them.
 */
final class ChunkShares {
  private final int[] ends;
  private final AtomicInteger[] next;

  ChunkShares(int chunks, int members) {
    ends = new int[members];
    next = new AtomicInteger[members];
    for (int member = 0; member < members; member++) {
      next[member] = new AtomicInteger((int) ((long) chunks * member / members));
      ends[member] = (int) ((long) chunks * (member + 1) / members);
    }
  }

  /** A chunk that nobody else has claimed, or -1 if there is none left. */
  int claim(int member) {
    for (int k = 0; k < ends.length; k++) {
      int owner = (member + k) % ends.length;
      if (next[owner].get() < ends[owner]) {
        int chunk = next[owner].getAndIncrement();
        if (chunk < ends[owner]) {
          return chunk;
        }
      }
    }
    return -1;
  }
}
