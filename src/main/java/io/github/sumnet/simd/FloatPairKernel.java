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
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.BITWISE_BLEND;
import static jdk.incubator.vector.VectorOperators.LSHL;

import io.github.sumnet.data.FloatBatch;
import io.github.sumnet.engine.FloatKernel;
import io.github.sumnet.network.Topology;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Both passes for two hidden units: what is computed for a sample never leaves the registers, and
 * memory is read once.
 *
 * <p>One long loop without a call of its own methods: the JIT compiler stops to inline where calls
 * nest too deeply or the code grows too large, and a vector that is not inlined becomes an object.
 */
final class FloatPairKernel implements FloatKernel {
  private final FloatVectorKernel general = new FloatVectorKernel(Topology.DEFAULT);

  @Override
  public void predict(float[] predictions, FloatBatch batch, int from, int to, float[] weights) {
    general.predict(predictions, batch, from, to, weights);
  }

  @Override
  public void addTo(float[] sums, FloatBatch batch, int from, int to, float[] weights) {
    for (int lane = 0; lane < LANES; lane += SPECIES.length()) {
      addTo(sums, lane, batch.x1Column(), batch.x2Column(), batch.yColumn(), from, to, weights);
    }
  }

  private static void addTo(
      float[] sums, int lane, float[] x1, float[] x2, float[] y, int from, int to, float[] w) {
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
    FloatVector g11 = FloatVector.fromArray(SPECIES, sums, lane);
    FloatVector g12 = FloatVector.fromArray(SPECIES, sums, LANES + lane);
    FloatVector g21 = FloatVector.fromArray(SPECIES, sums, 2 * LANES + lane);
    FloatVector g22 = FloatVector.fromArray(SPECIES, sums, 3 * LANES + lane);
    FloatVector gh1 = FloatVector.fromArray(SPECIES, sums, 4 * LANES + lane);
    FloatVector gh2 = FloatVector.fromArray(SPECIES, sums, 5 * LANES + lane);
    FloatVector squares = FloatVector.fromArray(SPECIES, sums, 6 * LANES + lane);
    for (int i = from + lane; i < to; i += LANES) {
      FloatVector in1 = FloatVector.fromArray(SPECIES, x1, i);
      FloatVector in2 = FloatVector.fromArray(SPECIES, x2, i);

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

      FloatVector residual = prediction.sub(FloatVector.fromArray(SPECIES, y, i));
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
