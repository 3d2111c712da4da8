<#include "/types.ftl">
<@twinClasses>
package io.github.sumnet.data;

import io.github.sumnet.network.Precision;
import java.nio.ByteBuffer;

/** A batch in IEEE 754 binary${bytes * 8}. */
public final class ${Type}Batch extends Batch {
  private final ${type}[] x1;
  private final ${type}[] x2;
  private final ${type}[] y;

  /** An empty batch for at most that many samples. */
  public ${Type}Batch(int capacity) {
    super(capacity);
    x1 = new ${type}[capacity];
    x2 = new ${type}[capacity];
    y = new ${type}[capacity];
  }

  /** The column itself, not a copy: {@link #capacity()} long, valid up to {@link #size()}. */
  public ${type}[] x1Column() {
    fetch();
    return x1;
  }

  /** The column itself, not a copy: {@link #capacity()} long, valid up to {@link #size()}. */
  public ${type}[] x2Column() {
    fetch();
    return x2;
  }

  /** The column itself, not a copy: {@link #capacity()} long, valid up to {@link #size()}. */
  public ${type}[] yColumn() {
    fetch();
    return y;
  }

  /** x1, x2 and y by their place in a file: 0, 1 and 2. */
  public ${type}[] column(int column) {
    fetch();
    return switch (column) {
      case 0 -> x1;
      case 1 -> x2;
      default -> y;
    };
  }

  @Override
  public Precision precision() {
    return Precision.${type?upper_case};
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
    x1[sample] = ${narrowing}x1Value;
    x2[sample] = ${narrowing}x2Value;
    y[sample] = ${narrowing}yValue;
  }

  @Override
  public void copyColumn(int column, ByteBuffer to) {
    to.as${Type}Buffer().put(column(column), 0, size());
  }

  @Override
  public void copy(DoubleBatch from, int first, int at, int count) {
    for (int column = 0; column < 3; column++) {
<#if type == "double">
      System.arraycopy(from.column(column), first, column(column), at, count);
<#else>
      double[] source = from.column(column);
      ${type}[] target = column(column);
      for (int i = 0; i < count; i++) {
        target[at + i] = ${narrowing}source[first + i];
      }
</#if>
    }
  }
}
</@twinClasses>
