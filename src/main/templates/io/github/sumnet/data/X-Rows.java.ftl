<#include "/types.ftl">
<@twinClasses>
package io.github.sumnet.data;

/** Samples in IEEE 754 binary${bytes * 8}. */
public final class ${Type}Rows extends Rows {
  private final ${type}[] numbers;

  ${Type}Rows(int capacity) {
    numbers = new ${type}[3 * capacity];
  }

  @Override
  void put(Batch samples, int at) {
    ${Type}Batch batch = (${Type}Batch) samples;
    put(batch.x1Column(), batch.x2Column(), batch.yColumn(), batch.size(), numbers, 3 * at);
  }

  private static void put(${type}[] x1, ${type}[] x2, ${type}[] y, int count, ${type}[] numbers, int at) {
    for (int i = 0; i < count; i++) {
      numbers[at + 3 * i] = x1[i];
      numbers[at + 3 * i + 1] = x2[i];
      numbers[at + 3 * i + 2] = y[i];
    }
  }

  /** The array itself, not a copy. */
  public ${type}[] numbers() {
    return numbers;
  }

  @Override
  void pick(int[] order, int from, int count, Batch into, int at) {
    ${Type}Batch batch = (${Type}Batch) into;
    pick(numbers, order, from, count, batch.x1Column(), batch.x2Column(), batch.yColumn(), at);
  }

  private static void pick(
      ${type}[] numbers,
      int[] order,
      int from,
      int count,
      ${type}[] x1,
      ${type}[] x2,
      ${type}[] y,
      int at) {
    for (int i = 0; i < count; i++) {
      int row = 3 * order[from + i];
      x1[at + i] = numbers[row];
      x2[at + i] = numbers[row + 1];
      y[at + i] = numbers[row + 2];
    }
  }
}
</@twinClasses>
