package io.github.sumnet.simd;

import static io.github.sumnet.engine.DoubleFormulas.C1;
import static io.github.sumnet.engine.DoubleFormulas.C10;
import static io.github.sumnet.engine.DoubleFormulas.C11;
import static io.github.sumnet.engine.DoubleFormulas.C2;
import static io.github.sumnet.engine.DoubleFormulas.C3;
import static io.github.sumnet.engine.DoubleFormulas.C4;
import static io.github.sumnet.engine.DoubleFormulas.C5;
import static io.github.sumnet.engine.DoubleFormulas.C6;
import static io.github.sumnet.engine.DoubleFormulas.C7;
import static io.github.sumnet.engine.DoubleFormulas.C8;
import static io.github.sumnet.engine.DoubleFormulas.C9;
import static io.github.sumnet.engine.DoubleFormulas.EXPONENT_SHIFT;
import static io.github.sumnet.engine.DoubleFormulas.LARGEST;
import static io.github.sumnet.engine.DoubleFormulas.LN2_HIGH;
import static io.github.sumnet.engine.DoubleFormulas.LN2_LOW;
import static io.github.sumnet.engine.DoubleFormulas.MINUS_LOG2_E;
import static io.github.sumnet.engine.DoubleFormulas.ROUNDER;
import static io.github.sumnet.simd.DoubleVectorKernel.ABSOLUTE;
import static io.github.sumnet.simd.DoubleVectorKernel.BITS;
import static io.github.sumnet.simd.DoubleVectorKernel.SPECIES;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.BITWISE_BLEND;
import static jdk.incubator.vector.VectorOperators.LSHL;

import io.github.sumnet.data.DoubleBatch;
import io.github.sumnet.engine.DoubleKernel;
import io.github.sumnet.network.Topology;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/**
 * Both passes for two hidden units: what is computed for a sample never leaves the registers, and
 * memory is read once.
 *
 * <p>One long loop without a call of its own methods: the JIT compiler stops to inline where calls
 * nest too deeply or the code grows too large, and a vector that is not inlined becomes an object.
 */
final class DoublePairKernel implements DoubleKernel {
  private final DoubleVectorKernel general = new DoubleVectorKernel(Topology.DEFAULT);

  @Override
  public void predict(double[] predictions, DoubleBatch batch, int from, int to, double[] weights) {
    general.predict(predictions, batch, from, to, weights);
  }

  @Override
  public void addTo(double[] sums, DoubleBatch batch, int from, int to, double[] weights) {
    for (int lane = 0; lane < LANES; lane += SPECIES.length()) {
      addTo(sums, lane, batch.x1Column(), batch.x2Column(), batch.yColumn(), from, to, weights);
    }
  }

  private static void addTo(
      double[] sums, int lane, double[] x1, double[] x2, double[] y, int from, int to, double[] w) {
    DoubleVector w11 = DoubleVector.broadcast(SPECIES, w[0]);
    DoubleVector w12 = DoubleVector.broadcast(SPECIES, w[1]);
    DoubleVector w21 = DoubleVector.broadcast(SPECIES, w[2]);
    DoubleVector w22 = DoubleVector.broadcast(SPECIES, w[3]);
    DoubleVector wh1 = DoubleVector.broadcast(SPECIES, w[4]);
    DoubleVector wh2 = DoubleVector.broadcast(SPECIES, w[5]);
    LongVector absolute = LongVector.broadcast(BITS, ABSOLUTE);
    LongVector largest = LongVector.broadcast(BITS, Double.doubleToRawLongBits(LARGEST));
    DoubleVector log2e = DoubleVector.broadcast(SPECIES, MINUS_LOG2_E);
    DoubleVector rounder = DoubleVector.broadcast(SPECIES, ROUNDER);
    DoubleVector high = DoubleVector.broadcast(SPECIES, LN2_HIGH);
    DoubleVector low = DoubleVector.broadcast(SPECIES, LN2_LOW);
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    DoubleVector c1 = DoubleVector.broadcast(SPECIES, C1);
    DoubleVector c2 = DoubleVector.broadcast(SPECIES, C2);
    DoubleVector c3 = DoubleVector.broadcast(SPECIES, C3);
    DoubleVector c4 = DoubleVector.broadcast(SPECIES, C4);
    DoubleVector c5 = DoubleVector.broadcast(SPECIES, C5);
    DoubleVector c6 = DoubleVector.broadcast(SPECIES, C6);
    DoubleVector c7 = DoubleVector.broadcast(SPECIES, C7);
    DoubleVector c8 = DoubleVector.broadcast(SPECIES, C8);
    DoubleVector c9 = DoubleVector.broadcast(SPECIES, C9);
    DoubleVector c10 = DoubleVector.broadcast(SPECIES, C10);
    DoubleVector c11 = DoubleVector.broadcast(SPECIES, C11);
    DoubleVector g11 = DoubleVector.fromArray(SPECIES, sums, lane);
    DoubleVector g12 = DoubleVector.fromArray(SPECIES, sums, LANES + lane);
    DoubleVector g21 = DoubleVector.fromArray(SPECIES, sums, 2 * LANES + lane);
    DoubleVector g22 = DoubleVector.fromArray(SPECIES, sums, 3 * LANES + lane);
    DoubleVector gh1 = DoubleVector.fromArray(SPECIES, sums, 4 * LANES + lane);
    DoubleVector gh2 = DoubleVector.fromArray(SPECIES, sums, 5 * LANES + lane);
    DoubleVector squares = DoubleVector.fromArray(SPECIES, sums, 6 * LANES + lane);
    for (int i = from + lane; i < to; i += LANES) {
      DoubleVector in1 = DoubleVector.fromArray(SPECIES, x1, i);
      DoubleVector in2 = DoubleVector.fromArray(SPECIES, x2, i);

      DoubleVector z1 = in2.fma(w21, in1.mul(w11));
      LongVector bits1 = z1.viewAsIntegralLanes();
      DoubleVector m1 = bits1.and(absolute).min(largest).viewAsFloatingLanes();
      DoubleVector shifted1 = m1.fma(log2e, rounder);
      DoubleVector n1 = shifted1.sub(rounder);
      DoubleVector r1 = n1.fma(low, n1.fma(high, m1));
      DoubleVector p1 = c11.fma(r1, c10).fma(r1, c9).fma(r1, c8).fma(r1, c7).fma(r1, c6);
      p1 = p1.fma(r1, c5).fma(r1, c4).fma(r1, c3).fma(r1, c2).fma(r1, c1).fma(r1, one);
      LongVector exponent1 = shifted1.viewAsIntegralLanes().lanewise(LSHL, EXPONENT_SHIFT);
      DoubleVector e1 = exponent1.add(p1.viewAsIntegralLanes()).viewAsFloatingLanes();
      DoubleVector upper1 = one.div(e1.add(one));
      DoubleVector lower1 = upper1.mul(e1);
      LongVector negative1 = bits1.lanewise(ASHR, Double.SIZE - 1);
      DoubleVector a1 =
          upper1
              .viewAsIntegralLanes()
              .lanewise(BITWISE_BLEND, lower1.viewAsIntegralLanes(), negative1)
              .viewAsFloatingLanes();

      DoubleVector z2 = in2.fma(w22, in1.mul(w12));
      LongVector bits2 = z2.viewAsIntegralLanes();
      DoubleVector m2 = bits2.and(absolute).min(largest).viewAsFloatingLanes();
      DoubleVector shifted2 = m2.fma(log2e, rounder);
      DoubleVector n2 = shifted2.sub(rounder);
      DoubleVector r2 = n2.fma(low, n2.fma(high, m2));
      DoubleVector p2 = c11.fma(r2, c10).fma(r2, c9).fma(r2, c8).fma(r2, c7).fma(r2, c6);
      p2 = p2.fma(r2, c5).fma(r2, c4).fma(r2, c3).fma(r2, c2).fma(r2, c1).fma(r2, one);
      LongVector exponent2 = shifted2.viewAsIntegralLanes().lanewise(LSHL, EXPONENT_SHIFT);
      DoubleVector e2 = exponent2.add(p2.viewAsIntegralLanes()).viewAsFloatingLanes();
      DoubleVector upper2 = one.div(e2.add(one));
      DoubleVector lower2 = upper2.mul(e2);
      LongVector negative2 = bits2.lanewise(ASHR, Double.SIZE - 1);
      DoubleVector a2 =
          upper2
              .viewAsIntegralLanes()
              .lanewise(BITWISE_BLEND, lower2.viewAsIntegralLanes(), negative2)
              .viewAsFloatingLanes();

      DoubleVector zo = a2.fma(wh2, a1.mul(wh1));
      LongVector bits = zo.viewAsIntegralLanes();
      DoubleVector m = bits.and(absolute).min(largest).viewAsFloatingLanes();
      DoubleVector shifted = m.fma(log2e, rounder);
      DoubleVector n = shifted.sub(rounder);
      DoubleVector r = n.fma(low, n.fma(high, m));
      DoubleVector p = c11.fma(r, c10).fma(r, c9).fma(r, c8).fma(r, c7).fma(r, c6);
      p = p.fma(r, c5).fma(r, c4).fma(r, c3).fma(r, c2).fma(r, c1).fma(r, one);
      LongVector exponent = shifted.viewAsIntegralLanes().lanewise(LSHL, EXPONENT_SHIFT);
      DoubleVector e = exponent.add(p.viewAsIntegralLanes()).viewAsFloatingLanes();
      DoubleVector upper = one.div(e.add(one));
      DoubleVector lower = upper.mul(e);
      LongVector negative = bits.lanewise(ASHR, Double.SIZE - 1);
      DoubleVector prediction =
          upper
              .viewAsIntegralLanes()
              .lanewise(BITWISE_BLEND, lower.viewAsIntegralLanes(), negative)
              .viewAsFloatingLanes();

      DoubleVector residual = prediction.sub(DoubleVector.fromArray(SPECIES, y, i));
      DoubleVector delta = residual.mul(lower.mul(upper));
      DoubleVector delta1 = delta.mul(lower1.mul(upper1));
      DoubleVector delta2 = delta.mul(lower2.mul(upper2));
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
