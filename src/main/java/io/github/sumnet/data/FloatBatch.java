package io.github.sumnet.data;

import io.github.sumnet.network.Precision;

/** A batch in IEEE 754 binary32. */
public final class FloatBatch extends Batch {
  private final float[] x1;
  private final float[] x2;
  private final float[] y;

  FloatBatch(int capacity) {
    super(capacity);
    x1 = new float[capacity];
    x2 = new float[capacity];
    y = new float[capacity];
  }

  /** The column itself, not a copy: {@link #capacity()} long, valid up to {@link #size()}. */
  public float[] x1Column() {
    fetch();
    return x1;
  }

  /** The column itself, not a copy: {@link #capacity()} long, valid up to {@link #size()}. */
  public float[] x2Column() {
    fetch();
    return x2;
  }

  /** The column itself, not a copy: {@link #capacity()} long, valid up to {@link #size()}. */
  public float[] yColumn() {
    fetch();
    return y;
  }

  /** x1, x2 and y by their place in a file: 0, 1 and 2. */
  float[] column(int column) {
    fetch();
    return switch (column) {
      case 0 -> x1;
      case 1 -> x2;
      default -> y;
    };
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT;
  }

  @Override
  public double x1(int sample) {
    fetch();
    return x1[sample];
  }

  @Override
  public double x2(int sample) {
    fetch();
    return x2[sample];
  }

  @Override
  public double y(int sample) {
    fetch();
    return y[sample];
  }

  @Override
  public void set(int sample, double x1Value, double x2Value, double yValue) {
    fetch();
    x1[sample] = (float) x1Value;
    x2[sample] = (float) x2Value;
    y[sample] = (float) yValue;
  }

  @Override
  void copy(DoubleBatch from, int first, int at, int count) {
    for (int column = 0; column < 3; column++) {
      double[] source = from.column(column);
      float[] target = column(column);
      for (int i = 0; i < count; i++) {
        target[at + i] = (float) source[first + i];
      }
    }
  }
}
