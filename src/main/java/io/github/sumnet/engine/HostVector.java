package io.github.sumnet.engine;

import io.github.sumnet.network.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A contiguous ND4J array in the host's memory, read and written without ND4J, whose operations
 * cost microseconds each. Valid as long as the array is.
 */
public final class HostVector {
  private final FloatBuffer floats;
  private final DoubleBuffer doubles;

  private HostVector(FloatBuffer floats, DoubleBuffer doubles) {
    this.floats = floats;
    this.doubles = doubles;
  }

  /** The numbers of an array, in the array's memory. */
  public static HostVector of(INDArray array, Precision precision) {
    return of(bytes(array, precision), precision);
  }

  /** Numbers in memory of any other owner, in the processor's byte order. */
  public static HostVector of(ByteBuffer bytes, Precision precision) {
    return switch (precision) {
      case FLOAT -> new HostVector(bytes.asFloatBuffer(), null);
      case DOUBLE -> new HostVector(null, bytes.asDoubleBuffer());
    };
  }

  /** The memory of an array in the heap's byte order; writing to it changes the array. */
  public static ByteBuffer bytes(INDArray array, Precision precision) {
    Pointer pointer = new Pointer(array.data().pointer());
    long offset = array.offset() * precision.bytes();
    return pointer
        .position(0)
        .capacity(offset + array.length() * precision.bytes())
        .asByteBuffer()
        .position(Math.toIntExact(offset))
        .slice()
        .order(ByteOrder.nativeOrder());
  }

  /** The number at an index, from 0. */
  public double get(int i) {
    return floats == null ? doubles.get(i) : floats.get(i);
  }

  /** Sets a number, rounded to the array's precision. */
  public void set(int i, double value) {
    if (floats == null) {
      doubles.put(i, value);
    } else {
      floats.put(i, (float) value);
    }
  }
}
