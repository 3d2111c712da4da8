package io.github.sumnet.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring chunks of a step that are one node of the tree along which all of them are added: 2^
 * level of them, from number place · 2^level on; the step's last run may be shorter.
 *
 * @param chunks how many chunks there are
 */
record ChunkRun(int level, int place, int chunks) implements Serializable {
  /** The number of its first chunk in the step. */
  int first() {
    return place << level;
  }

  /**
   * Cuts a share of a step into as few runs as there can be, at most two of each level.
   *
   * @param from the share's first chunk
   * @param to the chunk after its last one
   * @param all how many chunks the step has
   */
  static List<ChunkRun> of(int from, int to, int all) {
    List<ChunkRun> runs = new ArrayList<>();
    for (int first = from; first < to; ) {
      int level = 0;
      while (isAligned(first, level + 1) && end(first, level + 1, all) <= to && 1 << level < all) {
        level++;
      }
      int end = (int) end(first, level, all);
      runs.add(new ChunkRun(level, first >> level, end - first));
      first = end;
    }
    return runs;
  }

  private static boolean isAligned(int first, int level) {
    return first % (1L << level) == 0;
  }

  private static long end(int first, int level, int all) {
    return Math.min(first + (1L << level), all);
  }
}
