package io.github.sumnet.simd;

import static io.github.sumnet.engine.FloatFormulas.C1;
import static io.github.sumnet.engine.FloatFormulas.C2;
import static io.github.sumnet.engine.FloatFormulas.C3;
import static io.github.sumnet.engine.FloatFormulas.C4;
import static io.github.sumnet.engine.FloatFormulas.C5;
import static io.github.sumnet.engine.FloatFormulas.EXPONENT_SHIFT;
import static io.github.sumnet.engine.FloatFormulas.LARGEST;
import static io.github.sumnet.engine.FloatFormulas.LN2_HIGH;
import static io.github.sumnet.engine.FloatFormulas.LN2_LOW;
import static io.github.sumnet.engine.FloatFormulas.MINUS_LOG2_E;
import static io.github.sumnet.engine.FloatFormulas.ROUNDER;
import static io.github.sumnet.simd.FloatVectorKernel.ABSOLUTE;
import static io.github.sumnet.simd.FloatVectorKernel.BITS;
import static io.github.sumnet.simd.FloatVectorKernel.SPECIES;
import static io.github.sumnet.simd.MappedMemory.BUFFERS;
import static io.github.sumnet.simd.MappedMemory.LOAD_FLOATS;
import static io.github.sumnet.simd.MappedMemory.SEGMENT_OF;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.BITWISE_BLEND;
import static jdk.incubator.vector.VectorOperators.LSHL;

import io.github.sumnet.data.MappedSamples;
import io.github.sumnet.engine.FloatKernel;
import io.github.sumnet.engine.MappedKernel;
import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * {@link FloatPairKernel} on a mapped file's columns: the same loop but for how it loads, and a
 * loop of its own for the reason that {@link MappedFloatRowsKernel} has.
 */
final class MappedFloatColumnsKernel implements MappedKernel<float[]> {
  private static final int LANES = FloatKernel.LANES;

  @Override
  public void sum(float[] sums, MappedSamples samples, int from, int to, float[] weights) {
    MappedSamples.Column x1 = samples.column(0);
    MappedSamples.Column x2 = samples.column(1);
    MappedSamples.Column y = samples.column(2);
    try {
      for (int lane = 0; lane < LANES; lane += SPECIES.length()) {
        int start = (from + lane) * Float.BYTES;
        sum(
            sums,
            lane,
            x1.memory(),
            x1.offset() + start,
            x2.memory(),
            x2.offset() + start,
            y.memory(),
            y.offset() + start,
            (to - from) * Float.BYTES,
            weights);
      }
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void sum(
      float[] sums,
      int lane,
      ByteBuffer bytes1,
      int start1,
      ByteBuffer bytes2,
      int start2,
      ByteBuffer bytesY,
      int startY,
      int length,
      float[] w)
      throws Throwable {
    // For the same reasons as in MappedFloatRowsKernel.
    bytes1.get(start1);
    Object memory1 = BUFFERS ? bytes1.duplicate() : (Object) SEGMENT_OF.invokeExact(bytes1);
    Object memory2 = BUFFERS ? bytes2.duplicate() : (Object) SEGMENT_OF.invokeExact(bytes2);
    Object memoryY = BUFFERS ? bytesY.duplicate() : (Object) SEGMENT_OF.invokeExact(bytesY);
    FloatVector w11 = FloatVector.broadcast(SPECIES, w[0]);
    FloatVector w12 = FloatVector.broadcast(SPECIES, w[1]);
    FloatVector w21 = FloatVector.broadcast(SPECIES, w[2]);
    FloatVector w22 = FloatVector.broadcast(SPECIES, w[3]);
    FloatVector wh1 = FloatVector.broadcast(SPECIES, w[4]);
    FloatVector wh2 = FloatVector.broadcast(SPECIES, w[5]);
    IntVector absolute = IntVector.broadcast(BITS, ABSOLUTE);
    IntVector largest = IntVector.broadcast(BITS, Float.floatToRawIntBits(LARGEST));
    FloatVector log2e = FloatVector.broadcast(SPECIES, MINUS_LOG2_E);
    FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
    FloatVector high = FloatVector.broadcast(SPECIES, LN2_HIGH);
    FloatVector low = FloatVector.broadcast(SPECIES, LN2_LOW);
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    FloatVector c1 = FloatVector.broadcast(SPECIES, C1);
    FloatVector c2 = FloatVector.broadcast(SPECIES, C2);
    FloatVector c3 = FloatVector.broadcast(SPECIES, C3);
    FloatVector c4 = FloatVector.broadcast(SPECIES, C4);
    FloatVector c5 = FloatVector.broadcast(SPECIES, C5);
    FloatVector g11 = FloatVector.zero(SPECIES);
    FloatVector g12 = FloatVector.zero(SPECIES);
    FloatVector g21 = FloatVector.zero(SPECIES);
    FloatVector g22 = FloatVector.zero(SPECIES);
    FloatVector gh1 = FloatVector.zero(SPECIES);
    FloatVector gh2 = FloatVector.zero(SPECIES);
    FloatVector squares = FloatVector.zero(SPECIES);
    for (int at = 0; at < length; at += LANES * Float.BYTES) {
      FloatVector in1 = (FloatVector) LOAD_FLOATS.invokeExact(memory1, start1 + at);
      FloatVector in2 = (FloatVector) LOAD_FLOATS.invokeExact(memory2, start2 + at);
      FloatVector y = (FloatVector) LOAD_FLOATS.invokeExact(memoryY, startY + at);

      FloatVector z1 = in2.fma(w21, in1.mul(w11));
      IntVector bits1 = z1.viewAsIntegralLanes();
      FloatVector m1 = bits1.and(absolute).min(largest).viewAsFloatingLanes();
      FloatVector shifted1 = m1.fma(log2e, rounder);
      FloatVector n1 = shifted1.sub(rounder);
      FloatVector r1 = n1.fma(low, n1.fma(high, m1));
      FloatVector p1 = c5.fma(r1, c4).fma(r1, c3).fma(r1, c2).fma(r1, c1).fma(r1, one);
      IntVector exponent1 = shifted1.viewAsIntegralLanes().lanewise(LSHL, EXPONENT_SHIFT);
      FloatVector e1 = exponent1.add(p1.viewAsIntegralLanes()).viewAsFloatingLanes();
      FloatVector upper1 = one.div(e1.add(one));
      FloatVector lower1 = upper1.mul(e1);
      IntVector negative1 = bits1.lanewise(ASHR, Float.SIZE - 1);
      FloatVector a1 =
          upper1
              .viewAsIntegralLanes()
              .lanewise(BITWISE_BLEND, lower1.viewAsIntegralLanes(), negative1)
              .viewAsFloatingLanes();

      FloatVector z2 = in2.fma(w22, in1.mul(w12));
      IntVector bits2 = z2.viewAsIntegralLanes();
      FloatVector m2 = bits2.and(absolute).min(largest).viewAsFloatingLanes();
      FloatVector shifted2 = m2.fma(log2e, rounder);
      FloatVector n2 = shifted2.sub(rounder);
      FloatVector r2 = n2.fma(low, n2.fma(high, m2));
      FloatVector p2 = c5.fma(r2, c4).fma(r2, c3).fma(r2, c2).fma(r2, c1).fma(r2, one);
      IntVector exponent2 = shifted2.viewAsIntegralLanes().lanewise(LSHL, EXPONENT_SHIFT);
      FloatVector e2 = exponent2.add(p2.viewAsIntegralLanes()).viewAsFloatingLanes();
      FloatVector upper2 = one.div(e2.add(one));
      FloatVector lower2 = upper2.mul(e2);
      IntVector negative2 = bits2.lanewise(ASHR, Float.SIZE - 1);
      FloatVector a2 =
          upper2
              .viewAsIntegralLanes()
              .lanewise(BITWISE_BLEND, lower2.viewAsIntegralLanes(), negative2)
              .viewAsFloatingLanes();

      FloatVector zo = a2.fma(wh2, a1.mul(wh1));
      IntVector bits = zo.viewAsIntegralLanes();
      FloatVector m = bits.and(absolute).min(largest).viewAsFloatingLanes();
      FloatVector shifted = m.fma(log2e, rounder);
      FloatVector n = shifted.sub(rounder);
      FloatVector r = n.fma(low, n.fma(high, m));
      FloatVector p = c5.fma(r, c4).fma(r, c3).fma(r, c2).fma(r, c1).fma(r, one);
      IntVector exponent = shifted.viewAsIntegralLanes().lanewise(LSHL, EXPONENT_SHIFT);
      FloatVector e = exponent.add(p.viewAsIntegralLanes()).viewAsFloatingLanes();
      FloatVector upper = one.div(e.add(one));
      FloatVector lower = upper.mul(e);
      IntVector negative = bits.lanewise(ASHR, Float.SIZE - 1);
      FloatVector prediction =
          upper
              .viewAsIntegralLanes()
              .lanewise(BITWISE_BLEND, lower.viewAsIntegralLanes(), negative)
              .viewAsFloatingLanes();

      FloatVector residual = prediction.sub(y);
      FloatVector delta = residual.mul(lower.mul(upper));
      FloatVector delta1 = delta.mul(lower1.mul(upper1));
      FloatVector delta2 = delta.mul(lower2.mul(upper2));
      g11 = delta1.fma(in1, g11);
      g12 = delta2.fma(in1, g12);
      g21 = delta1.fma(in2, g21);
      g22 = delta2.fma(in2, g22);
      gh1 = delta.fma(a1, gh1);
      gh2 = delta.fma(a2, gh2);
      squares = residual.fma(residual, squares);
    }
    g11.intoArray(sums, lane);
    g12.intoArray(sums, LANES + lane);
    g21.intoArray(sums, 2 * LANES + lane);
    g22.intoArray(sums, 3 * LANES + lane);
    gh1.intoArray(sums, 4 * LANES + lane);
    gh2.intoArray(sums, 5 * LANES + lane);
    squares.intoArray(sums, 6 * LANES + lane);
  }
}
