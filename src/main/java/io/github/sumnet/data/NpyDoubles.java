package io.github.sumnet.data;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.Arrays;

/** The numbers of a file of type float64. */
final class NpyDoubles extends NpyNumbers {
  private final DoubleBuffer[] segments;
  private final int perSegment;
  private final ThreadLocal<double[]> scratch;

  NpyDoubles(ByteBuffer[] segments, int perSegment, int scratch) {
    this.segments =
        Arrays.stream(segments).map(ByteBuffer::asDoubleBuffer).toArray(DoubleBuffer[]::new);
    this.perSegment = perSegment;
    this.scratch = ThreadLocal.withInitial(() -> new double[scratch]);
  }

  @Override
  void load(long first, int count) {
    copy(first, count, scratch.get(), 0);
  }

  /** Copies numbers of the file. */
  void copy(long first, int count, double[] into, int at) {
    int done = 0;
    while (done < count) {
      DoubleBuffer segment = segments[(int) ((first + done) / perSegment)];
      int from = (int) ((first + done) % perSegment);
      int length = Math.min(count - done, perSegment - from);
      segment.get(from, into, at + done, length);
      done += length;
    }
  }

  @Override
  void storeRows(int rows, Batch into, int at) {
    double[] numbers = scratch.get();
    if (into instanceof DoubleBatch batch) {
      separate(numbers, rows, batch.x1Column(), batch.x2Column(), batch.yColumn(), at);
    } else if (into instanceof FloatBatch batch) {
      separate(numbers, rows, batch.x1Column(), batch.x2Column(), batch.yColumn(), at);
    }
  }

  private static void separate(
      double[] numbers, int rows, double[] x1, double[] x2, double[] y, int at) {
    for (int i = 0; i < rows; i++) {
      x1[at + i] = numbers[3 * i];
      x2[at + i] = numbers[3 * i + 1];
      y[at + i] = numbers[3 * i + 2];
    }
  }

  private static void separate(
      double[] numbers, int rows, float[] x1, float[] x2, float[] y, int at) {
    for (int i = 0; i < rows; i++) {
      x1[at + i] = (float) numbers[3 * i];
      x2[at + i] = (float) numbers[3 * i + 1];
      y[at + i] = (float) numbers[3 * i + 2];
    }
  }

  @Override
  void storeColumn(int rows, Batch into, int column, int at) {
    double[] numbers = scratch.get();
    if (into instanceof DoubleBatch batch) {
      System.arraycopy(numbers, 0, batch.column(column), at, rows);
    } else if (into instanceof FloatBatch batch) {
      float[] to = batch.column(column);
      for (int i = 0; i < rows; i++) {
        to[at + i] = (float) numbers[i];
      }
    }
  }
}
