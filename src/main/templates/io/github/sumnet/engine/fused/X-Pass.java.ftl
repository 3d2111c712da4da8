<#include "/types.ftl">
<@twinClasses>
package io.github.sumnet.engine.fused;

import io.github.sumnet.engine.Trace;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.${Type}Batch;
import io.github.sumnet.network.Topology;
import java.util.Arrays;
import java.util.Optional;

/**
 * The fused passes in ${type}: whole rows of lanes through the fastest kernel, the rest one by one.
 */
final class ${Type}Pass implements FusedPass {
  private static final int LANES = ${Type}Kernel.LANES;

  private final int hidden;
  private final ${Type}Kernel rows;
  private final ${Type}Loop rest;
  private final ${type}[] weights;
  private final ${type}[] block;
  private final ${type}[] lanes;
  private final double[] sums;
  private ${type}[] outputs = {};
  private final ${Type}Batch fetched = new ${Type}Batch(BLOCK);

  ${Type}Pass(Topology topology, ${Type}Kernel rows) {
    hidden = topology.hidden();
    this.rows = rows;
    rest = new ${Type}Loop(topology);
    weights = new ${type}[topology.weightCount()];
    sums = new double[weights.length + 1];
    block = new ${type}[sums.length * LANES];
    lanes = new ${type}[sums.length * LANES];
  }

  @Override
  public void begin(double[] values) {
    for (int k = 0; k < weights.length; k++) {
      weights[k] = ${narrowing}values[k];
    }
  }

  @Override
  public double[] sums(Batch batch) {
    Arrays.fill(lanes, 0);
    add((${Type}Batch) batch);
    for (int row = 0; row < sums.length; row++) {
      sums[row] = total(row * LANES) * factor(row);
    }
    return sums;
  }

  private void add(${Type}Batch batch) {
    for (int start = 0; start < batch.size(); start += BLOCK) {
      ${Type}Batch samples = block(batch, start);
      int from = samples == batch ? start : 0;
      int to = from + Math.min(BLOCK, batch.size() - start);
      int wholeRows = to - (to - from) % LANES;
      Arrays.fill(block, 0);
      rows.addTo(block, samples, from, wholeRows, weights);
      // Calls for nothing would make the JIT compiler compile the plain loop.
      if (wholeRows < to) {
        rest.addTo(block, samples, wholeRows, to, weights);
      }
      addBlock();
    }
  }

  /** What holds the block that begins at a sample: the batch, or the block for itself, fetched. */
  private ${Type}Batch block(${Type}Batch batch, int start) {
    Optional<Batch.Pending> samples = batch.pending();
    if (samples.isEmpty()) {
      return batch;
    }
    samples.get().read(start, Math.min(BLOCK, batch.size() - start), fetched);
    return fetched;
  }

  private void addBlock() {
    for (int k = 0; k < lanes.length; k++) {
      lanes[k] += block[k];
    }
  }

  private ${type} total(int first) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = first; lane < first + half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[first];
  }

  /** The hidden layer's delta has the factor wh, which is the same for all samples. */
  private ${type} factor(int row) {
    return row < 2 * hidden ? weights[2 * hidden + row % hidden] : 1;
  }

  @Override
  public double[] predict(Batch batch) {
    double[] predictions = new double[batch.size()];
    for (int start = 0; start < predictions.length; start += BLOCK) {
      ${Type}Batch samples = block((${Type}Batch) batch, start);
      int count = Math.min(BLOCK, predictions.length - start);
      int from = samples == batch ? start : 0;
      predict(samples, from, count);
      for (int i = 0; i < count; i++) {
        predictions[start + i] = outputs[from + i];
      }
    }
    return predictions;
  }

  /** {@inheritDoc} In four sums, as ErrorSum has them: additions to the same sum have to wait. */
  @Override
  public double squaredErrors(Batch batch) {
    double[] sums = new double[4];
    for (int start = 0; start < batch.size(); start += BLOCK) {
      ${Type}Batch samples = block((${Type}Batch) batch, start);
      int from = samples == batch ? start : 0;
      int count = Math.min(BLOCK, batch.size() - start);
      predict(samples, from, count);
      addSquaredErrors(sums, samples.yColumn(), from, count);
    }
    return sums[0] + sums[1] + (sums[2] + sums[3]);
  }

  private void addSquaredErrors(double[] sums, ${type}[] y, int from, int count) {
    double sum0 = sums[0];
    double sum1 = sums[1];
    double sum2 = sums[2];
    double sum3 = sums[3];
    int to = from + count;
    int i = from;
    for (; i < to - 3; i += 4) {
      sum0 += squaredError(outputs[i], y[i]);
      sum1 += squaredError(outputs[i + 1], y[i + 1]);
      sum2 += squaredError(outputs[i + 2], y[i + 2]);
      sum3 += squaredError(outputs[i + 3], y[i + 3]);
    }
    sums[0] = sum0;
    sums[1] = sum1;
    sums[2] = sum2;
    sums[3] = sum3;
    for (; i < to; i++) {
      sums[i % 4] += squaredError(outputs[i], y[i]);
    }
  }

  private static double squaredError(double prediction, double y) {
    double error = prediction - y;
    return error * error;
  }

  /** The outputs ŷ of a block's samples, each at its sample's place in the batch. */
  private void predict(${Type}Batch samples, int from, int count) {
    if (outputs.length < samples.size()) {
      outputs = new ${type}[samples.size()];
    }
    int wholeRows = from + count - count % LANES;
    rows.predict(outputs, samples, from, wholeRows, weights);
    if (wholeRows < from + count) {
      rest.predict(outputs, samples, wholeRows, from + count, weights);
    }
  }

  @Override
  public void trace(Trace trace, Batch batch, int sample) {
    rest.trace(trace, (${Type}Batch) batch, sample, weights);
  }
}
</@twinClasses>
