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
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * {@link FloatPairKernel} on a mapped file's rows x1, x2, y, x1, x2, y and so on: the same loop but
 * for how it loads, and a loop of its own since the JIT compiler keeps vectors in registers only
 * where no branch and no call decides where they come from.
 *
 * <p>Three loads one after another yield the numbers of as many rows as a vector has lanes. Since 3
 * does not divide the number of lanes, a column has exactly one number at every place of the three
 * vectors, and two blends collect it: for 16 lanes in the order of rows 0, 11, 6, 1 and so on. x1
 * is loaded two numbers early and x2 one, so that all columns come in the order of y, which is
 * undone in the sums only. Shuffling every vector would take longer than loading from the cache.
 */
final class MappedFloatRowsKernel implements MappedKernel<float[]> {
  private static final int LANES = FloatKernel.LANES;
  private static final int N = SPECIES.length();
  private static final int ROW_BYTES = 3 * Float.BYTES;

  // The blends want the second and third vector the other way round where N mod 3 is 2.
  private static final int SECOND = (N % 3 == 1 ? N : 2 * N) * Float.BYTES;
  private static final int THIRD = (N % 3 == 1 ? 2 * N : N) * Float.BYTES;

  private static final int[] THIRD_VECTOR = places(place -> place % 3 == 0);
  private static final int[] SECOND_VECTOR = places(place -> place % 3 == 1);

  private static final VectorShuffle<Integer> SAMPLES_IN_ORDER =
      VectorShuffle.fromOp(BITS, lane -> (3 * lane + 2) % N);

  /** All bits set at some places of a vector. */
  private static int[] places(IntPredicate chosen) {
    return IntStream.range(0, N).map(place -> chosen.test(place) ? -1 : 0).toArray();
  }

  @Override
  public void sum(float[] sums, MappedSamples samples, int from, int to, float[] weights) {
    MappedSamples.Column rows = samples.column(0);
    int end = rows.offset() + to * ROW_BYTES;
    try {
      for (int lane = 0; lane < LANES; lane += N) {
        int start = rows.offset() + (from + lane) * ROW_BYTES;
        sum(sums, lane, rows.memory(), start, end, weights);
      }
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void sum(float[] sums, int lane, ByteBuffer bytes, int start, int end, float[] w)
      throws Throwable {
    // Without a plain access to mapped memory in the same method JDK 25 does not turn a fault in
    // that memory into an InternalError: the JVM would crash if the file is cut short.
    bytes.get(start);
    // Objects of this method alone: their bounds stay in registers, and are not checked in the
    // loop.
    Object memory = BUFFERS ? bytes.duplicate() : (Object) SEGMENT_OF.invokeExact(bytes);
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
    IntVector third = IntVector.fromArray(BITS, THIRD_VECTOR, 0);
    IntVector second = IntVector.fromArray(BITS, SECOND_VECTOR, 0);
    FloatVector g11 = FloatVector.zero(SPECIES);
    FloatVector g12 = FloatVector.zero(SPECIES);
    FloatVector g21 = FloatVector.zero(SPECIES);
    FloatVector g22 = FloatVector.zero(SPECIES);
    FloatVector gh1 = FloatVector.zero(SPECIES);
    FloatVector gh2 = FloatVector.zero(SPECIES);
    FloatVector squares = FloatVector.zero(SPECIES);
    for (int at = start; at < end; at += LANES * ROW_BYTES) {
      FloatVector x1First = (FloatVector) LOAD_FLOATS.invokeExact(memory, at - 2 * Float.BYTES);
      FloatVector x1Second =
          (FloatVector) LOAD_FLOATS.invokeExact(memory, at - 2 * Float.BYTES + SECOND);
      FloatVector x1Third =
          (FloatVector) LOAD_FLOATS.invokeExact(memory, at - 2 * Float.BYTES + THIRD);
      FloatVector in1 =
          x1First
              .viewAsIntegralLanes()
              .lanewise(BITWISE_BLEND, x1Third.viewAsIntegralLanes(), third)
              .lanewise(BITWISE_BLEND, x1Second.viewAsIntegralLanes(), second)
              .viewAsFloatingLanes();
      FloatVector x2First = (FloatVector) LOAD_FLOATS.invokeExact(memory, at - Float.BYTES);
      FloatVector x2Second =
          (FloatVector) LOAD_FLOATS.invokeExact(memory, at - Float.BYTES + SECOND);
      FloatVector x2Third = (FloatVector) LOAD_FLOATS.invokeExact(memory, at - Float.BYTES + THIRD);
      FloatVector in2 =
          x2First
              .viewAsIntegralLanes()
              .lanewise(BITWISE_BLEND, x2Third.viewAsIntegralLanes(), third)
              .lanewise(BITWISE_BLEND, x2Second.viewAsIntegralLanes(), second)
              .viewAsFloatingLanes();
      FloatVector yFirst = (FloatVector) LOAD_FLOATS.invokeExact(memory, at);
      FloatVector ySecond = (FloatVector) LOAD_FLOATS.invokeExact(memory, at + SECOND);
      FloatVector yThird = (FloatVector) LOAD_FLOATS.invokeExact(memory, at + THIRD);
      FloatVector y =
          yFirst
              .viewAsIntegralLanes()
              .lanewise(BITWISE_BLEND, yThird.viewAsIntegralLanes(), third)
              .lanewise(BITWISE_BLEND, ySecond.viewAsIntegralLanes(), second)
              .viewAsFloatingLanes();

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
    g11.viewAsIntegralLanes()
        .rearrange(SAMPLES_IN_ORDER)
        .viewAsFloatingLanes()
        .intoArray(sums, lane);
    g12.viewAsIntegralLanes()
        .rearrange(SAMPLES_IN_ORDER)
        .viewAsFloatingLanes()
        .intoArray(sums, LANES + lane);
    g21.viewAsIntegralLanes()
        .rearrange(SAMPLES_IN_ORDER)
        .viewAsFloatingLanes()
        .intoArray(sums, 2 * LANES + lane);
    g22.viewAsIntegralLanes()
        .rearrange(SAMPLES_IN_ORDER)
        .viewAsFloatingLanes()
        .intoArray(sums, 3 * LANES + lane);
    gh1.viewAsIntegralLanes()
        .rearrange(SAMPLES_IN_ORDER)
        .viewAsFloatingLanes()
        .intoArray(sums, 4 * LANES + lane);
    gh2.viewAsIntegralLanes()
        .rearrange(SAMPLES_IN_ORDER)
        .viewAsFloatingLanes()
        .intoArray(sums, 5 * LANES + lane);
    squares
        .viewAsIntegralLanes()
        .rearrange(SAMPLES_IN_ORDER)
        .viewAsFloatingLanes()
        .intoArray(sums, 6 * LANES + lane);
  }
}
