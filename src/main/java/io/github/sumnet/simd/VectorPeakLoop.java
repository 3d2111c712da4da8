package io.github.sumnet.simd;

import static jdk.incubator.vector.VectorOperators.ADD;

import io.github.sumnet.device.PeakLoop;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Peak loops on the JDK's vectors. Twelve chains hide the latency of a fused multiply-add and leave
 * registers for its factors, even where there are but sixteen.
 */
public final class VectorPeakLoop implements PeakLoop {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;

  /** Below 1, so that the sums settle. */
  private static final float FACTOR = 0.75f;

  @Override
  public int bits() {
    return FLOATS.vectorBitSize();
  }

  @Override
  public long floatOperations() {
    return 2L * CHAINS * FLOATS.length();
  }

  @Override
  public long doubleOperations() {
    return 2L * CHAINS * DOUBLES.length();
  }

  @Override
  public float floats(long rounds) {
    FloatVector factor = FloatVector.broadcast(FLOATS, FACTOR);
    FloatVector one = FloatVector.broadcast(FLOATS, 1);
    FloatVector a = FloatVector.broadcast(FLOATS, 0);
    FloatVector b = FloatVector.broadcast(FLOATS, 1);
    FloatVector c = FloatVector.broadcast(FLOATS, 2);
    FloatVector d = FloatVector.broadcast(FLOATS, 3);
    FloatVector e = FloatVector.broadcast(FLOATS, 4);
    FloatVector f = FloatVector.broadcast(FLOATS, 5);
    FloatVector g = FloatVector.broadcast(FLOATS, 6);
    FloatVector h = FloatVector.broadcast(FLOATS, 7);
    FloatVector i = FloatVector.broadcast(FLOATS, 8);
    FloatVector j = FloatVector.broadcast(FLOATS, 9);
    FloatVector k = FloatVector.broadcast(FLOATS, 10);
    FloatVector l = FloatVector.broadcast(FLOATS, 11);
    for (long round = 0; round < rounds; round++) {
      a = a.fma(factor, one);
      b = b.fma(factor, one);
      c = c.fma(factor, one);
      d = d.fma(factor, one);
      e = e.fma(factor, one);
      f = f.fma(factor, one);
      g = g.fma(factor, one);
      h = h.fma(factor, one);
      i = i.fma(factor, one);
      j = j.fma(factor, one);
      k = k.fma(factor, one);
      l = l.fma(factor, one);
    }
    return a.add(b)
        .add(c)
        .add(d)
        .add(e)
        .add(f)
        .add(g)
        .add(h)
        .add(i)
        .add(j)
        .add(k)
        .add(l)
        .reduceLanes(ADD);
  }

  @Override
  public double doubles(long rounds) {
    DoubleVector factor = DoubleVector.broadcast(DOUBLES, FACTOR);
    DoubleVector one = DoubleVector.broadcast(DOUBLES, 1);
    DoubleVector a = DoubleVector.broadcast(DOUBLES, 0);
    DoubleVector b = DoubleVector.broadcast(DOUBLES, 1);
    DoubleVector c = DoubleVector.broadcast(DOUBLES, 2);
    DoubleVector d = DoubleVector.broadcast(DOUBLES, 3);
    DoubleVector e = DoubleVector.broadcast(DOUBLES, 4);
    DoubleVector f = DoubleVector.broadcast(DOUBLES, 5);
    DoubleVector g = DoubleVector.broadcast(DOUBLES, 6);
    DoubleVector h = DoubleVector.broadcast(DOUBLES, 7);
    DoubleVector i = DoubleVector.broadcast(DOUBLES, 8);
    DoubleVector j = DoubleVector.broadcast(DOUBLES, 9);
    DoubleVector k = DoubleVector.broadcast(DOUBLES, 10);
    DoubleVector l = DoubleVector.broadcast(DOUBLES, 11);
    for (long round = 0; round < rounds; round++) {
      a = a.fma(factor, one);
      b = b.fma(factor, one);
      c = c.fma(factor, one);
      d = d.fma(factor, one);
      e = e.fma(factor, one);
      f = f.fma(factor, one);
      g = g.fma(factor, one);
      h = h.fma(factor, one);
      i = i.fma(factor, one);
      j = j.fma(factor, one);
      k = k.fma(factor, one);
      l = l.fma(factor, one);
    }
    return a.add(b)
        .add(c)
        .add(d)
        .add(e)
        .add(f)
        .add(g)
        .add(h)
        .add(i)
        .add(j)
        .add(k)
        .add(l)
        .reduceLanes(ADD);
  }

  @Override
  public float read(float[] values) {
    int width = FLOATS.length();
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    for (; i + 4 * width <= values.length; i += 4 * width) {
      a = a.add(FloatVector.fromArray(FLOATS, values, i));
      b = b.add(FloatVector.fromArray(FLOATS, values, i + width));
      c = c.add(FloatVector.fromArray(FLOATS, values, i + 2 * width));
      d = d.add(FloatVector.fromArray(FLOATS, values, i + 3 * width));
    }
    float sum = a.add(b).add(c).add(d).reduceLanes(ADD);
    for (; i < values.length; i++) {
      sum += values[i];
    }
    return sum;
  }
}
