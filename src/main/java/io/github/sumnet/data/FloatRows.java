package io.github.sumnet.data;

/** Samples in IEEE 754 binary32. */
final class FloatRows extends Rows {
  private final float[] numbers;

  FloatRows(int capacity) {
    numbers = new float[NpyHeader.COLUMNS * capacity];
  }

  @Override
  void put(Batch samples, int at) {
    FloatBatch batch = (FloatBatch) samples;
    put(batch.x1Column(), batch.x2Column(), batch.yColumn(), batch.size(), numbers, 3 * at);
  }

  private static void put(float[] x1, float[] x2, float[] y, int count, float[] numbers, int at) {
    for (int i = 0; i < count; i++) {
      numbers[at + 3 * i] = x1[i];
      numbers[at + 3 * i + 1] = x2[i];
      numbers[at + 3 * i + 2] = y[i];
    }
  }

  @Override
  boolean take(NpyBatches file, long first, int count, int at) {
    return file.copyRows(first, count, numbers, 3 * at);
  }

  @Override
  void pick(int[] order, int from, int count, Batch into, int at) {
    FloatBatch batch = (FloatBatch) into;
    pick(numbers, order, from, count, batch.x1Column(), batch.x2Column(), batch.yColumn(), at);
  }

  private static void pick(
      float[] numbers,
      int[] order,
      int from,
      int count,
      float[] x1,
      float[] x2,
      float[] y,
      int at) {
    for (int i = 0; i < count; i++) {
      int row = 3 * order[from + i];
      x1[at + i] = numbers[row];
      x2[at + i] = numbers[row + 1];
      y[at + i] = numbers[row + 2];
    }
  }
}
