<#include "/types.ftl">
<#import "sigmoid.ftl" as sigmoid>
<@twinClasses>
package io.github.sumnet.simd;

import static io.github.sumnet.engine.fused.${Type}Formulas.*;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.BITWISE_BLEND;
import static jdk.incubator.vector.VectorOperators.LSHL;

import io.github.sumnet.data.${Type}Batch;
import io.github.sumnet.engine.fused.${Type}Kernel;
import io.github.sumnet.network.Topology;
import jdk.incubator.vector.${Type}Vector;
import jdk.incubator.vector.${Bits}Vector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Both passes for any number of hidden units, tile after tile of samples: what the units of a tile
 * computed stays in the nearest cache until the backward pass needs it.
 */
final class ${Type}VectorKernel implements ${Type}Kernel {
  /** At most a row of lanes. */
  static final VectorSpecies<${Type}> SPECIES =
      ${Type}Vector.SPECIES_PREFERRED.length() > LANES
          ? ${Type}Vector.SPECIES_512
          : ${Type}Vector.SPECIES_PREFERRED;

  static final VectorSpecies<${Integral}> BITS = VectorSpecies.of(${bits}.class, SPECIES.vectorShape());

  /** All bits but the sign. */
  static final ${bits} ABSOLUTE = ${Integral}.MAX_VALUE;

  /** Activations and slopes of a tile, in ${type}s: half of a first-level cache of 32 KiB. */
  static final int CACHED = 16 * 1024 / ${Type}.BYTES;

  private final int hidden;
  private final int tile;
  private final ${type}[] a;
  private final ${type}[] slope;
  private final ${type}[] z;
  private final ${type}[] zo;
  private final ${type}[] outputSlope;
  private final ${type}[] delta;

  ${Type}VectorKernel(Topology topology) {
    hidden = topology.hidden();
    tile = Math.max(LANES, CACHED / (2 * hidden) / LANES * LANES);
    a = new ${type}[hidden * tile];
    slope = new ${type}[hidden * tile];
    z = new ${type}[tile];
    zo = new ${type}[tile];
    outputSlope = new ${type}[tile];
    delta = new ${type}[tile];
  }

  @Override
  public void addTo(${type}[] sums, ${Type}Batch batch, int from, int to, ${type}[] weights) {
    ${type}[] x1 = batch.x1Column();
    ${type}[] x2 = batch.x2Column();
    for (int first = from; first < to; first += tile) {
      int count = Math.min(tile, to - first);
      forward(x1, x2, first, count, weights);
      sigmoids(zo, delta, outputSlope, 0, count);
      for (int lane = 0; lane < LANES; lane += SPECIES.length()) {
        residuals(sums, lane, batch.yColumn(), first, count);
        for (int j = 0; j < hidden; j++) {
          backward(sums, j, lane, x1, x2, first, count);
        }
      }
    }
  }

  @Override
  public void predict(${type}[] predictions, ${Type}Batch batch, int from, int to, ${type}[] weights) {
    for (int first = from; first < to; first += tile) {
      int count = Math.min(tile, to - first);
      forward(batch.x1Column(), batch.x2Column(), first, count, weights);
      sigmoids(zo, delta, outputSlope, 0, count);
      System.arraycopy(delta, 0, predictions, first, count);
    }
  }

  private void forward(${type}[] x1, ${type}[] x2, int first, int count, ${type}[] weights) {
    for (int j = 0; j < hidden; j++) {
      weightedInputs(x1, x2, first, count, weights[j], weights[hidden + j]);
      sigmoids(z, a, slope, j * tile, count);
      weightedOutputs(j, count, weights[2 * hidden + j]);
    }
  }

  private void weightedInputs(
      ${type}[] x1, ${type}[] x2, int first, int count, ${type} weight1, ${type} weight2) {
    ${Type}Vector w1 = ${Type}Vector.broadcast(SPECIES, weight1);
    ${Type}Vector w2 = ${Type}Vector.broadcast(SPECIES, weight2);
    for (int i = 0; i < count; i += SPECIES.length()) {
      ${Type}Vector in1 = ${Type}Vector.fromArray(SPECIES, x1, first + i);
      ${Type}Vector in2 = ${Type}Vector.fromArray(SPECIES, x2, first + i);
      in2.fma(w2, in1.mul(w1)).intoArray(z, i);
    }
  }

  /**
   * σ(z) and σ′(z) of a tile. Bounds and choices are made on the bits: comparisons of ${type}s, and
   * their minimum with Java's rules for NaN and −0, cost several instructions each.
   */
  private static void sigmoids(${type}[] z, ${type}[] values, ${type}[] slopes, int to, int count) {
<@sigmoid.constants/>
    for (int i = 0; i < count; i += SPECIES.length()) {
<@sigmoid.halves "${Type}Vector.fromArray(SPECIES, z, i)"/>
      lower.mul(upper).intoArray(slopes, to + i);
      ${Bits}Vector negative = bits.lanewise(ASHR, ${Type}.SIZE - 1);
      <@sigmoid.choice/>.intoArray(values, to + i);
    }
  }

  private void weightedOutputs(int j, int count, ${type} weight) {
    ${Type}Vector wh = ${Type}Vector.broadcast(SPECIES, weight);
    for (int i = 0; i < count; i += SPECIES.length()) {
      ${Type}Vector activation = ${Type}Vector.fromArray(SPECIES, a, j * tile + i);
      ${Type}Vector sum =
          j == 0 ? activation.mul(wh) : activation.fma(wh, ${Type}Vector.fromArray(SPECIES, zo, i));
      sum.intoArray(zo, i);
    }
  }

  /** Turns predictions into deltas and adds up the squared residuals. */
  private void residuals(${type}[] sums, int lane, ${type}[] y, int first, int count) {
    int row = 3 * hidden * LANES + lane;
    ${Type}Vector squares = ${Type}Vector.fromArray(SPECIES, sums, row);
    for (int i = lane; i < count; i += LANES) {
      ${Type}Vector prediction = ${Type}Vector.fromArray(SPECIES, delta, i);
      ${Type}Vector residual = prediction.sub(${Type}Vector.fromArray(SPECIES, y, first + i));
      residual.mul(${Type}Vector.fromArray(SPECIES, outputSlope, i)).intoArray(delta, i);
      squares = residual.fma(residual, squares);
    }
    squares.intoArray(sums, row);
  }

  private void backward(
      ${type}[] sums, int j, int lane, ${type}[] x1, ${type}[] x2, int first, int count) {
    int row1 = j * LANES + lane;
    int row2 = (hidden + j) * LANES + lane;
    int rowOutput = (2 * hidden + j) * LANES + lane;
    ${Type}Vector sum1 = ${Type}Vector.fromArray(SPECIES, sums, row1);
    ${Type}Vector sum2 = ${Type}Vector.fromArray(SPECIES, sums, row2);
    ${Type}Vector sumOutput = ${Type}Vector.fromArray(SPECIES, sums, rowOutput);
    for (int i = lane; i < count; i += LANES) {
      ${Type}Vector output = ${Type}Vector.fromArray(SPECIES, delta, i);
      ${Type}Vector reduced = output.mul(${Type}Vector.fromArray(SPECIES, slope, j * tile + i));
      sum1 = reduced.fma(${Type}Vector.fromArray(SPECIES, x1, first + i), sum1);
      sum2 = reduced.fma(${Type}Vector.fromArray(SPECIES, x2, first + i), sum2);
      sumOutput = output.fma(${Type}Vector.fromArray(SPECIES, a, j * tile + i), sumOutput);
    }
    sum1.intoArray(sums, row1);
    sum2.intoArray(sums, row2);
    sumOutput.intoArray(sums, rowOutput);
  }
}
</@twinClasses>
