package io.github.sumnet.data;

import io.github.sumnet.network.Precision;

/**
 * Samples stored one after another, each as x1, x2, y, so that a sample that is picked at random is
 * in one place of memory instead of three.
 */
public abstract sealed class Rows permits FloatRows, DoubleRows {
  static Rows allocate(Precision precision, int capacity) {
    return switch (precision) {
      case FLOAT -> new FloatRows(capacity);
      case DOUBLE -> new DoubleRows(capacity);
    };
  }

  /** Takes all samples of a batch of the same precision. */
  abstract void put(Batch samples, int at);

  /**
   * Picks samples for a batch of the same precision: those that the order names from a place on.
   */
  abstract void pick(int[] order, int from, int count, Batch into, int at);
}
