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
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.BITWISE_BLEND;
import static jdk.incubator.vector.VectorOperators.LSHL;

import io.github.sumnet.data.DoubleBatch;
import io.github.sumnet.engine.DoubleKernel;
import io.github.sumnet.network.Topology;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Both passes for any number of hidden units, tile after tile of samples: what the units of a tile
 * computed stays in the nearest cache until the backward pass needs it.
 */
final class DoubleVectorKernel implements DoubleKernel {
  /** At most a row of lanes. */
  static final VectorSpecies<Double> SPECIES =
      DoubleVector.SPECIES_PREFERRED.length() > LANES
          ? DoubleVector.SPECIES_512
          : DoubleVector.SPECIES_PREFERRED;

  static final VectorSpecies<Long> BITS = VectorSpecies.of(long.class, SPECIES.vectorShape());

  /** All bits but the sign. */
  static final long ABSOLUTE = 0x7fffffffffffffffL;

  /** Activations and slopes of a tile, in doubles: half of a first-level cache of 32 KiB. */
  private static final int CACHED = 2048;

  private final int hidden;
  private final int tile;
  private final double[] a;
  private final double[] slope;
  private final double[] z;
  private final double[] zo;
  private final double[] outputSlope;
  private final double[] delta;

  DoubleVectorKernel(Topology topology) {
    hidden = topology.hidden();
    tile = Math.max(LANES, CACHED / (2 * hidden) / LANES * LANES);
    a = new double[hidden * tile];
    slope = new double[hidden * tile];
    z = new double[tile];
    zo = new double[tile];
    outputSlope = new double[tile];
    delta = new double[tile];
  }

  @Override
  public void addTo(double[] sums, DoubleBatch batch, int from, int to, double[] weights) {
    double[] x1 = batch.x1Column();
    double[] x2 = batch.x2Column();
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
  public void predict(double[] predictions, DoubleBatch batch, int from, int to, double[] weights) {
    for (int first = from; first < to; first += tile) {
      int count = Math.min(tile, to - first);
      forward(batch.x1Column(), batch.x2Column(), first, count, weights);
      sigmoids(zo, delta, outputSlope, 0, count);
      System.arraycopy(delta, 0, predictions, first, count);
    }
  }

  private void forward(double[] x1, double[] x2, int first, int count, double[] weights) {
    for (int j = 0; j < hidden; j++) {
      weightedInputs(x1, x2, first, count, weights[j], weights[hidden + j]);
      sigmoids(z, a, slope, j * tile, count);
      weightedOutputs(j, count, weights[2 * hidden + j]);
    }
  }

  private void weightedInputs(
      double[] x1, double[] x2, int first, int count, double weight1, double weight2) {
    DoubleVector w1 = DoubleVector.broadcast(SPECIES, weight1);
    DoubleVector w2 = DoubleVector.broadcast(SPECIES, weight2);
    for (int i = 0; i < count; i += SPECIES.length()) {
      DoubleVector in1 = DoubleVector.fromArray(SPECIES, x1, first + i);
      DoubleVector in2 = DoubleVector.fromArray(SPECIES, x2, first + i);
      in2.fma(w2, in1.mul(w1)).intoArray(z, i);
    }
  }

  /**
   * σ(z) and σ′(z) of a tile. Bounds and choices are made on the bits: comparisons of doubles, and
   * their minimum with Java's rules for NaN and −0, cost several instructions each.
   */
  private static void sigmoids(double[] z, double[] values, double[] slopes, int to, int count) {
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
    for (int i = 0; i < count; i += SPECIES.length()) {
      LongVector bits = DoubleVector.fromArray(SPECIES, z, i).viewAsIntegralLanes();
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
      lower.mul(upper).intoArray(slopes, to + i);
      LongVector negative = bits.lanewise(ASHR, Double.SIZE - 1);
      upper
          .viewAsIntegralLanes()
          .lanewise(BITWISE_BLEND, lower.viewAsIntegralLanes(), negative)
          .viewAsFloatingLanes()
          .intoArray(values, to + i);
    }
  }

  private void weightedOutputs(int j, int count, double weight) {
    DoubleVector wh = DoubleVector.broadcast(SPECIES, weight);
    for (int i = 0; i < count; i += SPECIES.length()) {
      DoubleVector activation = DoubleVector.fromArray(SPECIES, a, j * tile + i);
      DoubleVector sum =
          j == 0 ? activation.mul(wh) : activation.fma(wh, DoubleVector.fromArray(SPECIES, zo, i));
      sum.intoArray(zo, i);
    }
  }

  /** Turns predictions into deltas and adds up the squared residuals. */
  private void residuals(double[] sums, int lane, double[] y, int first, int count) {
    int row = 3 * hidden * LANES + lane;
    DoubleVector squares = DoubleVector.fromArray(SPECIES, sums, row);
    for (int i = lane; i < count; i += LANES) {
      DoubleVector prediction = DoubleVector.fromArray(SPECIES, delta, i);
      DoubleVector residual = prediction.sub(DoubleVector.fromArray(SPECIES, y, first + i));
      residual.mul(DoubleVector.fromArray(SPECIES, outputSlope, i)).intoArray(delta, i);
      squares = residual.fma(residual, squares);
    }
    squares.intoArray(sums, row);
  }

  private void backward(
      double[] sums, int j, int lane, double[] x1, double[] x2, int first, int count) {
    int row1 = j * LANES + lane;
    int row2 = (hidden + j) * LANES + lane;
    int rowOutput = (2 * hidden + j) * LANES + lane;
    DoubleVector sum1 = DoubleVector.fromArray(SPECIES, sums, row1);
    DoubleVector sum2 = DoubleVector.fromArray(SPECIES, sums, row2);
    DoubleVector sumOutput = DoubleVector.fromArray(SPECIES, sums, rowOutput);
    for (int i = lane; i < count; i += LANES) {
      DoubleVector output = DoubleVector.fromArray(SPECIES, delta, i);
      DoubleVector reduced = output.mul(DoubleVector.fromArray(SPECIES, slope, j * tile + i));
      sum1 = reduced.fma(DoubleVector.fromArray(SPECIES, x1, first + i), sum1);
      sum2 = reduced.fma(DoubleVector.fromArray(SPECIES, x2, first + i), sum2);
      sumOutput = output.fma(DoubleVector.fromArray(SPECIES, a, j * tile + i), sumOutput);
    }
    sum1.intoArray(sums, row1);
    sum2.intoArray(sums, row2);
    sumOutput.intoArray(sums, rowOutput);
  }
}
