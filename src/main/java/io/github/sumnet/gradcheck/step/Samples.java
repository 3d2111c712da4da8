package io.github.sumnet.gradcheck.step;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The samples of one training step, in one or more chunks. */
public final class Samples {
  private final List<List<double[]>> chunks;
  private final List<double[]> rows;

  /** Asked for in every step, of each engine and in each arithmetic; null until then. */
  private volatile int[] alike;

  /**
   * The samples of these chunks.
   *
   * @param chunks each of rows {inputs, then targets}; not to be changed
   */
  public Samples(List<List<double[]>> chunks) {
    this.chunks = chunks.stream().map(List::copyOf).toList();
    rows = this.chunks.stream().flatMap(List::stream).toList();
  }

  /** One chunk of these rows. */
  public static Samples of(double[]... rows) {
    return new Samples(List.of(List.of(rows)));
  }

  /** Each chunk's rows {inputs, then targets}; not to be changed. */
  public List<List<double[]>> chunks() {
    return chunks;
  }

  /** All rows, in order. */
  public List<double[]> rows() {
    return rows;
  }

  /** The same rows in one chunk. */
  public Samples joined() {
    return chunks.size() == 1 ? this : new Samples(List.of(rows));
  }

  /** How many samples there are. */
  public int size() {
    return rows.size();
  }

  /** The indices of each chunk's samples. */
  int[][] indices() {
    int[][] indices = new int[chunks.size()][];
    int begin = 0;
    for (int c = 0; c < indices.length; c++) {
      indices[c] = new int[chunks.get(c).size()];
      for (int i = 0; i < indices[c].length; i++) {
        indices[c][i] = begin++;
      }
    }
    return indices;
  }

  /** For every sample the first one with the same bits, often itself; not to be changed. */
  int[] alike() {
    if (alike == null) {
      Map<LongBuffer, Integer> first = new HashMap<>();
      int[] found = new int[rows.size()];
      Arrays.setAll(found, i -> first.merge(bits(rows.get(i)), i, (before, again) -> before));
      alike = found;
    }
    return alike;
  }

  /** Whether all samples are the same, bit by bit. */
  public boolean isOneRepeated() {
    return Arrays.stream(alike()).allMatch(first -> first == 0);
  }

  private static LongBuffer bits(double[] row) {
    return LongBuffer.wrap(Arrays.stream(row).mapToLong(Double::doubleToRawLongBits).toArray());
  }
}
