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
import io.github.sumnet.network.Topology;
import jdk.incubator.vector.${Type}Vector;
import jdk.incubator.vector.${Bits}Vector;

/**
 * Both passes for two hidden units: what is computed for a sample never leaves the registers, and
 * memory is read once.
 *
 * <p>One long loop without a call of its own methods: the JIT compiler stops to inline where calls
 * nest too deeply or the code grows too large, and a vector that is not inlined becomes an object.
 */
final class ${Type}PairKernel implements ${Type}Kernel {
<#macro weights>
    ${Type}Vector w11 = ${Type}Vector.broadcast(SPECIES, w[0]);
    ${Type}Vector w12 = ${Type}Vector.broadcast(SPECIES, w[1]);
    ${Type}Vector w21 = ${Type}Vector.broadcast(SPECIES, w[2]);
    ${Type}Vector w22 = ${Type}Vector.broadcast(SPECIES, w[3]);
    ${Type}Vector wh1 = ${Type}Vector.broadcast(SPECIES, w[4]);
    ${Type}Vector wh2 = ${Type}Vector.broadcast(SPECIES, w[5]);
<@sigmoid.constants/>
</#macro>
<#macro forward>
      ${Type}Vector in1 = ${Type}Vector.fromArray(SPECIES, x1, i);
      ${Type}Vector in2 = ${Type}Vector.fromArray(SPECIES, x2, i);
<#list 1..2 as j>

      ${Type}Vector z${j} = in2.fma(w2${j}, in1.mul(w1${j}));
<@sigmoid.halves "z${j}" j/>
<@sigmoid.value "a${j}" j/>
</#list>

      ${Type}Vector zo = a2.fma(wh2, a1.mul(wh1));
<@sigmoid.halves "zo"/>
<@sigmoid.value "prediction"/>
</#macro>
  @Override
  public void predict(${type}[] predictions, ${Type}Batch batch, int from, int to, ${type}[] weights) {
    predict(predictions, batch.x1Column(), batch.x2Column(), from, to, weights);
  }

  private static void predict(
      ${type}[] predictions, ${type}[] x1, ${type}[] x2, int from, int to, ${type}[] w) {
<@weights/>
    for (int i = from; i < to; i += SPECIES.length()) {
<@forward/>
      prediction.intoArray(predictions, i);
    }
  }

  @Override
  public void addTo(${type}[] sums, ${Type}Batch batch, int from, int to, ${type}[] weights) {
    for (int lane = 0; lane < LANES; lane += SPECIES.length()) {
      addTo(sums, lane, batch.x1Column(), batch.x2Column(), batch.yColumn(), from, to, weights);
    }
  }

  private static void addTo(
      ${type}[] sums, int lane, ${type}[] x1, ${type}[] x2, ${type}[] y, int from, int to, ${type}[] w) {
<@weights/>
    ${Type}Vector g11 = ${Type}Vector.fromArray(SPECIES, sums, lane);
    ${Type}Vector g12 = ${Type}Vector.fromArray(SPECIES, sums, LANES + lane);
    ${Type}Vector g21 = ${Type}Vector.fromArray(SPECIES, sums, 2 * LANES + lane);
    ${Type}Vector g22 = ${Type}Vector.fromArray(SPECIES, sums, 3 * LANES + lane);
    ${Type}Vector gh1 = ${Type}Vector.fromArray(SPECIES, sums, 4 * LANES + lane);
    ${Type}Vector gh2 = ${Type}Vector.fromArray(SPECIES, sums, 5 * LANES + lane);
    ${Type}Vector squares = ${Type}Vector.fromArray(SPECIES, sums, 6 * LANES + lane);
    for (int i = from + lane; i < to; i += LANES) {
<@forward/>

      ${Type}Vector residual = prediction.sub(${Type}Vector.fromArray(SPECIES, y, i));
      ${Type}Vector delta = residual.mul(lower.mul(upper));
      ${Type}Vector delta1 = delta.mul(lower1.mul(upper1));
      ${Type}Vector delta2 = delta.mul(lower2.mul(upper2));
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
</@twinClasses>
