package io.github.sumnet.data;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** The numbers of a file of type float32. */
final class NpyFloats extends NpyNumbers {
  private final FloatBuffer[] segments;
  private final int perSegment;
  private final ThreadLocal<float[]> scratch;

  NpyFloats(ByteBuffer[] segments, int perSegment, int scratch) {
    this.segments =
        Arrays.stream(segments).map(ByteBuffer::asFloatBuffer).toArray(FloatBuffer[]::new);
    this.perSegment = perSegment;
    this.scratch = ThreadLocal.withInitial(() -> new float[scratch]);
  }

  @Override
  void load(long first, int count) {
    copy(first, count, scratch.get(), 0);
  }

  /** Copies numbers of the file. */
  void copy(long first, int count, float[] into, int at) {
    int done = 0;
    while (done < count) {
      FloatBuffer segment = segments[(int) ((first + done) / perSegment)];
      int from = (int) ((first + done) % perSegment);
      int length = Math.min(count - done, perSegment - from);
      segment.get(from, into, at + done, length);
      done += length;
    }
  }

  @Override
  void storeRows(int rows, Batch into, int at) {
    float[] numbers = scratch.get();
    if (into instanceof FloatBatch batch) {
      separate(numbers, rows, batch.x1Column(), batch.x2Column(), batch.yColumn(), at);
    } else if (into instanceof DoubleBatch batch) {
      separate(numbers, rows, batch.x1Column(), batch.x2Column(), batch.yColumn(), at);
    }
  }

  private static void separate(
      float[] numbers, int rows, float[] x1, float[] x2, float[] y, int at) {
    for (int i = 0; i < rows; i++) {
      x1[at + i] = numbers[3 * i];
      x2[at + i] = numbers[3 * i + 1];
      y[at + i] = numbers[3 * i + 2];
    }
  }

  private static void separate(
      float[] numbers, int rows, double[] x1, double[] x2, double[] y, int at) {
    for (int i = 0; i < rows; i++) {
      x1[at + i] = numbers[3 * i];
      x2[at + i] = numbers[3 * i + 1];
      y[at + i] = numbers[3 * i + 2];
    }
  }

  @Override
  void storeColumn(int rows, Batch into, int column, int at) {
    float[] numbers = scratch.get();
    if (into instanceof FloatBatch batch) {
      System.arraycopy(numbers, 0, batch.column(column), at, rows);
    } else if (into instanceof DoubleBatch batch) {
      double[] to = batch.column(column);
      for (int i = 0; i < rows; i++) {
        to[at + i] = numbers[i];
      }
    }
  }
}
