<#include "/types.ftl">
<@twinClasses>
package io.github.sumnet.engine.fused;

import io.github.sumnet.engine.Trace;

import io.github.sumnet.data.${Type}Batch;
import io.github.sumnet.network.Topology;

/** The passes in plain Java, sample after sample: for rests of a row, and where no vectors are. */
final class ${Type}Loop implements ${Type}Kernel {
  private final int hidden;
  private final ${type}[] z;
  private final ${type}[] a;
  private final ${type}[] slope;
  private ${type} zo;
  private ${type} prediction;
  private ${type} outputSlope;

  ${Type}Loop(Topology topology) {
    hidden = topology.hidden();
    z = new ${type}[hidden];
    a = new ${type}[hidden];
    slope = new ${type}[hidden];
  }

  /** {@inheritDoc} Any samples will do. */
  @Override
  public void addTo(${type}[] sums, ${Type}Batch batch, int from, int to, ${type}[] weights) {
    ${type}[] x1 = batch.x1Column();
    ${type}[] x2 = batch.x2Column();
    ${type}[] y = batch.yColumn();
    for (int i = from; i < to; i++) {
      int lane = i % LANES;
      forward(x1[i], x2[i], weights);
      ${type} residual = prediction - y[i];
      ${type} delta = residual * outputSlope;
      for (int j = 0; j < hidden; j++) {
        ${type} reduced = delta * slope[j];
        add(sums, j, lane, reduced, x1[i]);
        add(sums, hidden + j, lane, reduced, x2[i]);
        add(sums, 2 * hidden + j, lane, delta, a[j]);
      }
      add(sums, 3 * hidden, lane, residual, residual);
    }
  }

  private static void add(${type}[] sums, int row, int lane, ${type} factor, ${type} other) {
    int k = row * LANES + lane;
    sums[k] = Math.fma(factor, other, sums[k]);
  }

  @Override
  public void predict(${type}[] predictions, ${Type}Batch batch, int from, int to, ${type}[] weights) {
    for (int i = from; i < to; i++) {
      forward(batch.x1Column()[i], batch.x2Column()[i], weights);
      predictions[i] = prediction;
    }
  }

  /** What the passes over one sample compute on the way. */
  void trace(Trace trace, ${Type}Batch batch, int i, ${type}[] weights) {
    forward(batch.x1Column()[i], batch.x2Column()[i], weights);
    ${type} delta = (prediction - batch.yColumn()[i]) * outputSlope;
    for (int j = 0; j < hidden; j++) {
      trace.z()[i * hidden + j] = z[j];
      trace.a()[i * hidden + j] = a[j];
      trace.deltaHidden()[i * hidden + j] = delta * slope[j] * weights[2 * hidden + j];
    }
    trace.zo()[i] = zo;
    trace.prediction()[i] = prediction;
    trace.deltaOutput()[i] = delta;
  }

  /** σ(z) and σ′(z) for every unit: with e = e^−|z| they are 1/(1+e), or e/(1+e), and e/(1+e)². */
  private void forward(${type} x1, ${type} x2, ${type}[] weights) {
    for (int j = 0; j < hidden; j++) {
      z[j] = Math.fma(x2, weights[hidden + j], x1 * weights[j]);
      ${type} e = ${Type}Formulas.exp(Math.abs(z[j]));
      ${type} upper = 1 / (1 + e);
      ${type} lower = upper * e;
      a[j] = z[j] < 0 ? lower : upper;
      slope[j] = lower * upper;
      ${type} weight = weights[2 * hidden + j];
      zo = j == 0 ? a[j] * weight : Math.fma(a[j], weight, zo);
    }
    ${type} e = ${Type}Formulas.exp(Math.abs(zo));
    ${type} upper = 1 / (1 + e);
    ${type} lower = upper * e;
    prediction = zo < 0 ? lower : upper;
    outputSlope = lower * upper;
  }
}
</@twinClasses>
