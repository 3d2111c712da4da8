package io.github.sumnet.data;

/** Samples in IEEE 754 binary64. */
final class DoubleRows extends Rows {
  private final double[] numbers;

  DoubleRows(int capacity) {
    numbers = new double[NpyHeader.COLUMNS * capacity];
  }

  @Override
  void put(Batch samples, int at) {
    DoubleBatch batch = (DoubleBatch) samples;
    put(batch.x1Column(), batch.x2Column(), batch.yColumn(), batch.size(), numbers, 3 * at);
  }

  private static void put(
      double[] x1, double[] x2, double[] y, int count, double[] numbers, int at) {
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
    DoubleBatch batch = (DoubleBatch) into;
    pick(numbers, order, from, count, batch.x1Column(), batch.x2Column(), batch.yColumn(), at);
  }

  private static void pick(
      double[] numbers,
      int[] order,
      int from,
      int count,
      double[] x1,
      double[] x2,
      double[] y,
      int at) {
    for (int i = 0; i < count; i++) {
      int row = 3 * order[from + i];
      x1[at + i] = numbers[row];
      x2[at + i] = numbers[row + 1];
      y[at + i] = numbers[row + 2];
    }
  }
}
