package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.DoubleBatch;
import io.github.sumnet.network.Topology;
import java.util.Arrays;

/**
 * The fused passes in double: whole rows of lanes through the fastest kernel, the rest one by one.
 */
final class DoublePass implements FusedPass {
  private static final int LANES = DoubleKernel.LANES;

  private final int hidden;
  private final DoubleKernel rows;
  private final DoubleLoop rest;
  private final double[] weights;
  private final double[] block;
  private final double[] lanes;
  private final double[] sums;

  DoublePass(Topology topology, DoubleKernel rows) {
    hidden = topology.hidden();
    this.rows = rows;
    rest = new DoubleLoop(topology);
    weights = new double[topology.weightCount()];
    sums = new double[weights.length + 1];
    block = new double[sums.length * LANES];
    lanes = new double[sums.length * LANES];
  }

  @Override
  public void begin(double[] values) {
    System.arraycopy(values, 0, weights, 0, weights.length);
  }

  @Override
  public double[] sums(Batch batch) {
    DoubleBatch samples = (DoubleBatch) batch;
    Arrays.fill(lanes, 0);
    for (int from = 0; from < batch.size(); from += BLOCK) {
      addBlock(samples, from, Math.min(from + BLOCK, batch.size()));
    }
    for (int row = 0; row < sums.length; row++) {
      sums[row] = total(row * LANES) * factor(row);
    }
    return sums;
  }

  private void addBlock(DoubleBatch batch, int from, int to) {
    Arrays.fill(block, 0);
    int wholeRows = to - (to - from) % LANES;
    rows.addTo(block, batch, from, wholeRows, weights);
    rest.addTo(block, batch, wholeRows, to, weights);
    for (int k = 0; k < lanes.length; k++) {
      lanes[k] += block[k];
    }
  }

  private double total(int first) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = first; lane < first + half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[first];
  }

  /** The hidden layer's delta has the factor wh, which is the same for all samples. */
  private double factor(int row) {
    return row < 2 * hidden ? weights[2 * hidden + row % hidden] : 1;
  }

  @Override
  public double[] predict(Batch batch) {
    double[] predictions = new double[batch.size()];
    int wholeRows = batch.size() - batch.size() % LANES;
    rows.predict(predictions, (DoubleBatch) batch, 0, wholeRows, weights);
    rest.predict(predictions, (DoubleBatch) batch, wholeRows, batch.size(), weights);
    return predictions;
  }

  @Override
  public void trace(Trace trace, Batch batch, int sample) {
    rest.trace(trace, (DoubleBatch) batch, sample, weights);
  }
}
