package io.github.sumnet.data.npy;

import io.github.sumnet.data.Batch;
import java.nio.ByteBuffer;

/**
 * Samples that a file holds one after another, each as x1, x2, y, in the precision of the batch
 * that refers to them and in the machine's byte order.
 *
 * @param file what holds them
 * @param first the first one's row, from 0
 */
public record NpyRows(NpyBatches file, long first) implements Batch.Pending {
  @Override
  public void read(int from, int count, Batch into) {
    file.read(first + from, count, into);
  }

  /** Copies {@code count} of them as they are, from one of them on, to a buffer's beginning. */
  public void copy(int from, int count, ByteBuffer into) {
    file.copyRows(first + from, count, into);
  }

  @Override
  public boolean follow(Batch.Pending before, int count) {
    return before instanceof NpyRows rows && rows.file == file && first == rows.first + count;
  }
}
