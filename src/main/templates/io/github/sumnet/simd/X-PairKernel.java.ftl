<#include "/types.ftl">
<#import "sigmoid.ftl" as sigmoid>
<@twinClasses>
package io.github.sumnet.simd;

import static io.github.sumnet.engine.fused.${Type}Formulas.*;
import static io.github.sumnet.simd.${Type}VectorKernel.ABSOLUTE;
import static io.github.sumnet.simd.${Type}VectorKernel.BITS;
import static io.github.sumnet.simd.${Type}VectorKernel.SPECIES;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.BITWISE_BLEND;
import static jdk.incubator.vector.VectorOperators.LSHL;

import io.github.sumnet.data.${Type}Batch;
import io.github.sumnet.engine.fused.${Type}Kernel;
import jdk.incubator.vector.${Type}Vector;
import jdk.incubator.vector.${Bits}Vector;

/**
 * Both passes for two hidden units, in two loops over a tile, the second of which finds in the
 * first-level cache what the first one stored. In one loop the operations on a vector depend on one
 * another for some 150 cycles, and a processor works on two or three vectors at a time; in two
 * loops it works on twice as many.
 *
 * <p>Loops without a call of their own methods: the JIT compiler stops to inline where calls nest
 * too deeply or the code grows too large, and a vector that is not inlined becomes an object.
 */
final class ${Type}PairKernel implements ${Type}Kernel {
  private static final int TILE = ${Type}VectorKernel.CACHED / 4;

  private final ${type}[] a1 = new ${type}[TILE];
  private final ${type}[] a2 = new ${type}[TILE];
  private final ${type}[] slope1 = new ${type}[TILE];
  private final ${type}[] slope2 = new ${type}[TILE];

  @Override
  public void predict(${type}[] predictions, ${Type}Batch batch, int from, int to, ${type}[] weights) {
    for (int first = from; first < to; first += TILE) {
      int count = Math.min(TILE, to - first);
      hidden(batch.x1Column(), batch.x2Column(), first, count, weights);
      predict(predictions, first, count, weights);
    }
  }

  @Override
  public void addTo(${type}[] sums, ${Type}Batch batch, int from, int to, ${type}[] weights) {
    ${type}[] x1 = batch.x1Column();
    ${type}[] x2 = batch.x2Column();
    for (int first = from; first < to; first += TILE) {
      int count = Math.min(TILE, to - first);
      hidden(x1, x2, first, count, weights);
      for (int lane = 0; lane < LANES; lane += SPECIES.length()) {
        addTo(sums, lane, x1, x2, batch.yColumn(), first, count, weights);
      }
    }
  }

  /** The activations of a tile, and their derivatives by the weighted inputs. */
  private void hidden(${type}[] x1, ${type}[] x2, int first, int count, ${type}[] w) {
    ${Type}Vector w11 = ${Type}Vector.broadcast(SPECIES, w[0]);
    ${Type}Vector w12 = ${Type}Vector.broadcast(SPECIES, w[1]);
    ${Type}Vector w21 = ${Type}Vector.broadcast(SPECIES, w[2]);
    ${Type}Vector w22 = ${Type}Vector.broadcast(SPECIES, w[3]);
<@sigmoid.constants/>
    for (int i = 0; i < count; i += SPECIES.length()) {
      ${Type}Vector in1 = ${Type}Vector.fromArray(SPECIES, x1, first + i);
      ${Type}Vector in2 = ${Type}Vector.fromArray(SPECIES, x2, first + i);
<#list 1..2 as j>

      ${Type}Vector z${j} = in2.fma(w2${j}, in1.mul(w1${j}));
<@sigmoid.halves "z${j}" j/>
<@sigmoid.value "activation${j}" j/>
      activation${j}.intoArray(a${j}, i);
      lower${j}.mul(upper${j}).intoArray(slope${j}, i);
</#list>
    }
  }

<#macro outputWeights>
    ${Type}Vector wh1 = ${Type}Vector.broadcast(SPECIES, w[4]);
    ${Type}Vector wh2 = ${Type}Vector.broadcast(SPECIES, w[5]);
<@sigmoid.constants/>
</#macro>
<#macro output>
      ${Type}Vector activation1 = ${Type}Vector.fromArray(SPECIES, a1, i);
      ${Type}Vector activation2 = ${Type}Vector.fromArray(SPECIES, a2, i);
      ${Type}Vector zo = activation2.fma(wh2, activation1.mul(wh1));
<@sigmoid.halves "zo"/>
<@sigmoid.value "prediction"/>
</#macro>
  private void predict(${type}[] predictions, int first, int count, ${type}[] w) {
<@outputWeights/>
    for (int i = 0; i < count; i += SPECIES.length()) {
<@output/>
      prediction.intoArray(predictions, first + i);
    }
  }

  private void addTo(
      ${type}[] sums, int lane, ${type}[] x1, ${type}[] x2, ${type}[] y, int first, int count, ${type}[] w) {
<@outputWeights/>
    ${Type}Vector g11 = ${Type}Vector.fromArray(SPECIES, sums, lane);
    ${Type}Vector g12 = ${Type}Vector.fromArray(SPECIES, sums, LANES + lane);
    ${Type}Vector g21 = ${Type}Vector.fromArray(SPECIES, sums, 2 * LANES + lane);
    ${Type}Vector g22 = ${Type}Vector.fromArray(SPECIES, sums, 3 * LANES + lane);
    ${Type}Vector gh1 = ${Type}Vector.fromArray(SPECIES, sums, 4 * LANES + lane);
    ${Type}Vector gh2 = ${Type}Vector.fromArray(SPECIES, sums, 5 * LANES + lane);
    ${Type}Vector squares = ${Type}Vector.fromArray(SPECIES, sums, 6 * LANES + lane);
    for (int i = lane; i < count; i += LANES) {
<@output/>

      ${Type}Vector residual = prediction.sub(${Type}Vector.fromArray(SPECIES, y, first + i));
      ${Type}Vector delta = residual.mul(lower.mul(upper));
      ${Type}Vector delta1 = delta.mul(${Type}Vector.fromArray(SPECIES, slope1, i));
      ${Type}Vector delta2 = delta.mul(${Type}Vector.fromArray(SPECIES, slope2, i));
      ${Type}Vector in1 = ${Type}Vector.fromArray(SPECIES, x1, first + i);
      ${Type}Vector in2 = ${Type}Vector.fromArray(SPECIES, x2, first + i);
      g11 = delta1.fma(in1, g11);
      g12 = delta2.fma(in1, g12);
      g21 = delta1.fma(in2, g21);
      g22 = delta2.fma(in2, g22);
      gh1 = delta.fma(activation1, gh1);
      gh2 = delta.fma(activation2, gh2);
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
</@twinClasses>
