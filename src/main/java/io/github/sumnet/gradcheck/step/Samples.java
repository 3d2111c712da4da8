package io.github.sumnet.gradcheck.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The samples of one training step, in one or more chunks.
 *
 * @param chunks each of rows {inputs, then targets}; not to be changed
 */
public record Samples(List<List<double[]>> chunks) {

  public Samples {
    chunks = chunks.stream().map(List::copyOf).toList();
  }

  /** One chunk of these rows. */
  public static Samples of(double[]... rows) {
    return new Samples(List.of(List.of(rows)));
  }

  /** All rows, in order. */
  public List<double[]> rows() {
    return chunks.size() == 1 ? chunks.get(0) : chunks.stream().flatMap(List::stream).toList();
  }

  /** The same rows in one chunk. */
  public Samples joined() {
    return chunks.size() == 1 ? this : new Samples(List.of(rows()));
  }

  /** How many samples there are. */
  public int size() {
    return chunks.stream().mapToInt(List::size).sum();
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

  /** For every sample the first one with the same bits, often itself. */
  int[] alike() {
    Map<List<Long>, Integer> first = new HashMap<>();
    List<double[]> rows = rows();
    int[] alike = new int[rows.size()];
    for (int i = 0; i < alike.length; i++) {
      alike[i] = first.merge(bits(rows.get(i)), i, (before, again) -> before);
    }
    return alike;
  }

  /** Whether all samples are the same, bit by bit. */
  public boolean isOneRepeated() {
    return Arrays.stream(alike()).allMatch(first -> first == 0);
  }

  private static List<Long> bits(double[] row) {
    List<Long> bits = new ArrayList<>(row.length);
    for (double x : row) {
      bits.add(Double.doubleToRawLongBits(x));
    }
    return bits;
  }
}
