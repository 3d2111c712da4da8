package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.FloatBatch;
import io.github.sumnet.network.Topology;
import java.util.Arrays;

/**
 * The fused passes in float: whole rows of lanes through the fastest kernel, the rest one by one.
 */
final class FloatPass implements FusedPass {
  private static final int LANES = FloatKernel.LANES;

  private final int hidden;
  private final FloatKernel rows;
  private final FloatLoop rest;
  private final float[] weights;
  private final float[] block;
  private final float[] lanes;
  private final double[] sums;

  FloatPass(Topology topology, FloatKernel rows) {
    hidden = topology.hidden();
    this.rows = rows;
    rest = new FloatLoop(topology);
    weights = new float[topology.weightCount()];
    sums = new double[weights.length + 1];
    block = new float[sums.length * LANES];
    lanes = new float[sums.length * LANES];
  }

  @Override
  public void begin(double[] values) {
    for (int k = 0; k < weights.length; k++) {
      weights[k] = (float) values[k];
    }
  }

  @Override
  public double[] sums(Batch batch) {
    Arrays.fill(lanes, 0);
    add((FloatBatch) batch);
    for (int row = 0; row < sums.length; row++) {
      sums[row] = total(row * LANES) * factor(row);
    }
    return sums;
  }

  private void add(FloatBatch batch) {
    for (int from = 0; from < batch.size(); from += BLOCK) {
      int to = Math.min(from + BLOCK, batch.size());
      int wholeRows = to - (to - from) % LANES;
      Arrays.fill(block, 0);
      rows.addTo(block, batch, from, wholeRows, weights);
      rest.addTo(block, batch, wholeRows, to, weights);
      addBlock();
    }
  }

  private void addBlock() {
    for (int k = 0; k < lanes.length; k++) {
      lanes[k] += block[k];
    }
  }

  private float total(int first) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = first; lane < first + half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[first];
  }

  /** The hidden layer's delta has the factor wh, which is the same for all samples. */
  private float factor(int row) {
    return row < 2 * hidden ? weights[2 * hidden + row % hidden] : 1;
  }

  @Override
  public double[] predict(Batch batch) {
    float[] predictions = new float[batch.size()];
    int wholeRows = batch.size() - batch.size() % LANES;
    rows.predict(predictions, (FloatBatch) batch, 0, wholeRows, weights);
    rest.predict(predictions, (FloatBatch) batch, wholeRows, batch.size(), weights);
    double[] widened = new double[predictions.length];
    for (int i = 0; i < widened.length; i++) {
      widened[i] = predictions[i];
    }
    return widened;
  }

  @Override
  public void trace(Trace trace, Batch batch, int sample) {
    rest.trace(trace, (FloatBatch) batch, sample, weights);
  }
}
