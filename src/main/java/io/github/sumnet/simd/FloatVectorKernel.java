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
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.BITWISE_BLEND;
import static jdk.incubator.vector.VectorOperators.LSHL;

import io.github.sumnet.data.FloatBatch;
import io.github.sumnet.engine.FloatKernel;
import io.github.sumnet.network.Topology;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Both passes for any number of hidden units, tile after tile of samples: what the units of a tile
 * computed stays in the nearest cache until the backward pass needs it.
 */
final class FloatVectorKernel implements FloatKernel {
  /** At most a row of lanes. */
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > LANES
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  static final VectorSpecies<Integer> BITS = VectorSpecies.of(int.class, SPECIES.vectorShape());

  /** All bits but the sign. */
  static final int ABSOLUTE = 0x7fffffff;

  /** Activations and slopes of a tile, in floats: half of a first-level cache of 32 KiB. */
  private static final int CACHED = 4096;

  private final int hidden;
  private final int tile;
  private final float[] a;
  private final float[] slope;
  private final float[] z;
  private final float[] zo;
  private final float[] outputSlope;
  private final float[] delta;

  FloatVectorKernel(Topology topology) {
    hidden = topology.hidden();
    tile = Math.max(LANES, CACHED / (2 * hidden) / LANES * LANES);
    a = new float[hidden * tile];
    slope = new float[hidden * tile];
    z = new float[tile];
    zo = new float[tile];
    outputSlope = new float[tile];
    delta = new float[tile];
  }

  @Override
  public void addTo(float[] sums, FloatBatch batch, int from, int to, float[] weights) {
    float[] x1 = batch.x1Column();
    float[] x2 = batch.x2Column();
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
  public void predict(float[] predictions, FloatBatch batch, int from, int to, float[] weights) {
    for (int first = from; first < to; first += tile) {
      int count = Math.min(tile, to - first);
      forward(batch.x1Column(), batch.x2Column(), first, count, weights);
      sigmoids(zo, delta, outputSlope, 0, count);
      System.arraycopy(delta, 0, predictions, first, count);
    }
  }

  private void forward(float[] x1, float[] x2, int first, int count, float[] weights) {
    for (int j = 0; j < hidden; j++) {
      weightedInputs(x1, x2, first, count, weights[j], weights[hidden + j]);
      sigmoids(z, a, slope, j * tile, count);
      weightedOutputs(j, count, weights[2 * hidden + j]);
    }
  }

  private void weightedInputs(
      float[] x1, float[] x2, int first, int count, float weight1, float weight2) {
    FloatVector w1 = FloatVector.broadcast(SPECIES, weight1);
    FloatVector w2 = FloatVector.broadcast(SPECIES, weight2);
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector in1 = FloatVector.fromArray(SPECIES, x1, first + i);
      FloatVector in2 = FloatVector.fromArray(SPECIES, x2, first + i);
      in2.fma(w2, in1.mul(w1)).intoArray(z, i);
    }
  }

  /**
   * σ(z) and σ′(z) of a tile. Bounds and choices are made on the bits: comparisons of floats, and
   * their minimum with Java's rules for NaN and −0, cost several instructions each.
   */
  private static void sigmoids(float[] z, float[] values, float[] slopes, int to, int count) {
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
    for (int i = 0; i < count; i += SPECIES.length()) {
      IntVector bits = FloatVector.fromArray(SPECIES, z, i).viewAsIntegralLanes();
      FloatVector m = bits.and(absolute).min(largest).viewAsFloatingLanes();
      FloatVector shifted = m.fma(log2e, rounder);
      FloatVector n = shifted.sub(rounder);
      FloatVector r = n.fma(low, n.fma(high, m));
      FloatVector p = c5.fma(r, c4).fma(r, c3).fma(r, c2).fma(r, c1).fma(r, one);
      IntVector exponent = shifted.viewAsIntegralLanes().lanewise(LSHL, EXPONENT_SHIFT);
      FloatVector e = exponent.add(p.viewAsIntegralLanes()).viewAsFloatingLanes();
      FloatVector upper = one.div(e.add(one));
      FloatVector lower = upper.mul(e);
      lower.mul(upper).intoArray(slopes, to + i);
      IntVector negative = bits.lanewise(ASHR, Float.SIZE - 1);
      upper
          .viewAsIntegralLanes()
          .lanewise(BITWISE_BLEND, lower.viewAsIntegralLanes(), negative)
          .viewAsFloatingLanes()
          .intoArray(values, to + i);
    }
  }

  private void weightedOutputs(int j, int count, float weight) {
    FloatVector wh = FloatVector.broadcast(SPECIES, weight);
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector activation = FloatVector.fromArray(SPECIES, a, j * tile + i);
      FloatVector sum =
          j == 0 ? activation.mul(wh) : activation.fma(wh, FloatVector.fromArray(SPECIES, zo, i));
      sum.intoArray(zo, i);
    }
  }

  /** Turns predictions into deltas and adds up the squared residuals. */
  private void residuals(float[] sums, int lane, float[] y, int first, int count) {
    int row = 3 * hidden * LANES + lane;
    FloatVector squares = FloatVector.fromArray(SPECIES, sums, row);
    for (int i = lane; i < count; i += LANES) {
      FloatVector prediction = FloatVector.fromArray(SPECIES, delta, i);
      FloatVector residual = prediction.sub(FloatVector.fromArray(SPECIES, y, first + i));
      residual.mul(FloatVector.fromArray(SPECIES, outputSlope, i)).intoArray(delta, i);
      squares = residual.fma(residual, squares);
    }
    squares.intoArray(sums, row);
  }

  private void backward(
      float[] sums, int j, int lane, float[] x1, float[] x2, int first, int count) {
    int row1 = j * LANES + lane;
    int row2 = (hidden + j) * LANES + lane;
    int rowOutput = (2 * hidden + j) * LANES + lane;
    FloatVector sum1 = FloatVector.fromArray(SPECIES, sums, row1);
    FloatVector sum2 = FloatVector.fromArray(SPECIES, sums, row2);
    FloatVector sumOutput = FloatVector.fromArray(SPECIES, sums, rowOutput);
    for (int i = lane; i < count; i += LANES) {
      FloatVector output = FloatVector.fromArray(SPECIES, delta, i);
      FloatVector reduced = output.mul(FloatVector.fromArray(SPECIES, slope, j * tile + i));
      sum1 = reduced.fma(FloatVector.fromArray(SPECIES, x1, first + i), sum1);
      sum2 = reduced.fma(FloatVector.fromArray(SPECIES, x2, first + i), sum2);
      sumOutput = output.fma(FloatVector.fromArray(SPECIES, a, j * tile + i), sumOutput);
    }
    sum1.intoArray(sums, row1);
    sum2.intoArray(sums, row2);
    sumOutput.intoArray(sums, rowOutput);
  }
}
