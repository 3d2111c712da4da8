package io.github.sumnet.engine;

import io.github.sumnet.data.FloatBatch;
import io.github.sumnet.network.Topology;

/** The passes in plain Java, sample after sample: for rests of a row, and where no vectors are. */
final class FloatLoop implements FloatKernel {
  private final int hidden;
  private final float[] z;
  private final float[] a;
  private final float[] slope;
  private float zo;
  private float prediction;
  private float outputSlope;

  FloatLoop(Topology topology) {
    hidden = topology.hidden();
    z = new float[hidden];
    a = new float[hidden];
    slope = new float[hidden];
  }

  /** {@inheritDoc} Any samples will do. */
  @Override
  public void addTo(float[] sums, FloatBatch batch, int from, int to, float[] weights) {
    float[] x1 = batch.x1Column();
    float[] x2 = batch.x2Column();
    float[] y = batch.yColumn();
    for (int i = from; i < to; i++) {
      int lane = i % LANES;
      forward(x1[i], x2[i], weights);
      float residual = prediction - y[i];
      float delta = residual * outputSlope;
      for (int j = 0; j < hidden; j++) {
        float reduced = delta * slope[j];
        add(sums, j, lane, reduced, x1[i]);
        add(sums, hidden + j, lane, reduced, x2[i]);
        add(sums, 2 * hidden + j, lane, delta, a[j]);
      }
      add(sums, 3 * hidden, lane, residual, residual);
    }
  }

  private static void add(float[] sums, int row, int lane, float factor, float other) {
    int k = row * LANES + lane;
    sums[k] = Math.fma(factor, other, sums[k]);
  }

  @Override
  public void predict(float[] predictions, FloatBatch batch, int from, int to, float[] weights) {
    for (int i = from; i < to; i++) {
      forward(batch.x1Column()[i], batch.x2Column()[i], weights);
      predictions[i] = prediction;
    }
  }

  /** What the passes over one sample compute on the way. */
  void trace(Trace trace, FloatBatch batch, int i, float[] weights) {
    forward(batch.x1Column()[i], batch.x2Column()[i], weights);
    float delta = (prediction - batch.yColumn()[i]) * outputSlope;
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
  private void forward(float x1, float x2, float[] weights) {
    for (int j = 0; j < hidden; j++) {
      z[j] = Math.fma(x2, weights[hidden + j], x1 * weights[j]);
      float e = FloatFormulas.exp(Math.abs(z[j]));
      float upper = 1 / (1 + e);
      float lower = upper * e;
      a[j] = z[j] < 0 ? lower : upper;
      slope[j] = lower * upper;
      float weight = weights[2 * hidden + j];
      zo = j == 0 ? a[j] * weight : Math.fma(a[j], weight, zo);
    }
    float e = FloatFormulas.exp(Math.abs(zo));
    float upper = 1 / (1 + e);
    float lower = upper * e;
    prediction = zo < 0 ? lower : upper;
    outputSlope = lower * upper;
  }
}
