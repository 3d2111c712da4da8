<#include "/types.ftl">
<@twinClasses>
package io.github.sumnet.engine.fused;

import io.github.sumnet.engine.Trace;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.${Type}Batch;
import io.github.sumnet.network.Topology;
import java.util.Arrays;

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
    for (int from = 0; from < batch.size(); from += BLOCK) {
      int to = Math.min(from + BLOCK, batch.size());
      int wholeRows = to - (to - from) % LANES;
      Arrays.fill(block, 0);
      rows.addTo(block, batch, from, wholeRows, weights);
      // Calls for nothing would make the JIT compiler compile the plain loop.
      if (wholeRows < to) {
        rest.addTo(block, batch, wholeRows, to, weights);
      }
      addBlock();
    }
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
    ${type}[] predictions = outputs((${Type}Batch) batch);
    double[] copy = new double[batch.size()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = predictions[i];
    }
    return copy;
  }

  @Override
  public double squaredErrors(Batch batch) {
    ${type}[] predictions = outputs((${Type}Batch) batch);
    ${type}[] y = ((${Type}Batch) batch).yColumn();
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      double prediction = predictions[i];
      double error = prediction - y[i];
      sum += error * error;
    }
    return sum;
  }

  /** The outputs ŷ of all samples, valid until the next call. */
  private ${type}[] outputs(${Type}Batch batch) {
    if (outputs.length < batch.size()) {
      outputs = new ${type}[batch.size()];
    }
    int wholeRows = batch.size() - batch.size() % LANES;
    rows.predict(outputs, batch, 0, wholeRows, weights);
    rest.predict(outputs, batch, wholeRows, batch.size(), weights);
    return outputs;
  }

  @Override
  public void trace(Trace trace, Batch batch, int sample) {
    rest.trace(trace, (${Type}Batch) batch, sample, weights);
  }
}
</@twinClasses>
