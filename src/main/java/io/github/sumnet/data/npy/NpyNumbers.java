package io.github.sumnet.data.npy;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.Rows;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The numbers of a NumPy file. They are copied into an array of the calling thread, which makes
 * reading fast: one bulk copy out of the mapped file, then loops over arrays.
 */
abstract sealed class NpyNumbers permits NpyFloats, NpyDoubles {
  /** Maps a file's numbers; the channel may be closed afterwards. */
  static NpyNumbers map(FileChannel channel, NpyHeader header, long segmentBytes, int scratch)
      throws IOException {
    int segments = Math.toIntExact((header.dataBytes() - 1) / segmentBytes + 1);
    ByteBuffer[] mapped = new ByteBuffer[segments];
    for (int i = 0; i < segments; i++) {
      long done = i * segmentBytes;
      long length = Math.min(segmentBytes, header.dataBytes() - done);
      mapped[i] =
          channel
              .map(FileChannel.MapMode.READ_ONLY, header.dataStart() + done, length)
              .order(header.byteOrder());
    }
    int perSegment = (int) (segmentBytes / header.precision().bytes());
    return header.precision() == Precision.FLOAT
        ? new NpyFloats(mapped, perSegment, scratch)
        : new NpyDoubles(mapped, perSegment, scratch);
  }

  /** Copies numbers of the file into the thread's array. */
  abstract void load(long first, int count);

  /** Copies numbers of the file to rows, or returns false if they are of another precision. */
  abstract boolean copy(long first, int count, Rows into, int row);

  /** Stores what was loaded, x1, x2, y, x1, x2, y and so on, as rows of a batch. */
  abstract void storeRows(int rows, Batch into, int at);

  /** Stores what was loaded as a part of one column of a batch. */
  abstract void storeColumn(int rows, Batch into, int column, int at);
}
