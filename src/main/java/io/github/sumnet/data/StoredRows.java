package io.github.sumnet.data;

import java.nio.ByteBuffer;

/**
 * Samples that a file holds one after another, each as x1, x2, y, in the precision of the batch
 * that refers to them and in the machine's byte order.
 *
 * @param file what holds them
 * @param first the first one's row, from 0
 */
public record StoredRows(StoredBatches file, long first) implements PendingSamples {
  @Override
  public void read(int from, int count, Batch into) {
    file.read(first + from, count, into);
  }

  /** Copies {@code count} of them as they are, from one of them on, to a buffer's beginning. */
  public void copy(int from, int count, ByteBuffer into) {
    file.readRows(first + from, count, into);
  }

  @Override
  public boolean follow(PendingSamples before, int count) {
    return before instanceof StoredRows rows && rows.file == file && first == rows.first + count;
  }
}
