package io.github.sumnet.data;

import io.github.sumnet.network.Precision;

/** A batch in IEEE 754 binary64. */
public final class DoubleBatch extends Batch {
  private final double[] x1;
  private final double[] x2;
  private final double[] y;

  DoubleBatch(int capacity) {
    super(capacity);
    x1 = new double[capacity];
    x2 = new double[capacity];
    y = new double[capacity];
  }

  /** The column itself, not a copy: {@link #capacity()} long, valid up to {@link #size()}. */
  public double[] x1Column() {
    fetch();
    return x1;
  }

  /** The column itself, not a copy: {@link #capacity()} long, valid up to {@link #size()}. */
  public double[] x2Column() {
    fetch();
    return x2;
  }

  /** The column itself, not a copy: {@link #capacity()} long, valid up to {@link #size()}. */
  public double[] yColumn() {
    fetch();
    return y;
  }

  /** x1, x2 and y by their place in a file: 0, 1 and 2. */
  double[] column(int column) {
    fetch();
    return switch (column) {
      case 0 -> x1;
      case 1 -> x2;
      default -> y;
    };
  }

  @Override
  public Precision precision() {
    return Precision.DOUBLE;
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
    x1[sample] = x1Value;
    x2[sample] = x2Value;
    y[sample] = yValue;
  }

  @Override
  void copy(DoubleBatch from, int first, int at, int count) {
    for (int column = 0; column < 3; column++) {
      System.arraycopy(from.column(column), first, column(column), at, count);
    }
  }
}
