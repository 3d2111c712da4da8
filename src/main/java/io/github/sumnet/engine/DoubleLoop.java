package io.github.sumnet.engine;

import io.github.sumnet.data.DoubleBatch;
import io.github.sumnet.network.Topology;

/** The passes in plain Java, sample after sample: for rests of a row, and where no vectors are. */
final class DoubleLoop implements DoubleKernel {
  private final int hidden;
  private final double[] z;
  private final double[] a;
  private final double[] slope;
  private double zo;
  private double prediction;
  private double outputSlope;

  DoubleLoop(Topology topology) {
    hidden = topology.hidden();
    z = new double[hidden];
    a = new double[hidden];
    slope = new double[hidden];
  }

  /** {@inheritDoc} Any samples will do. */
  @Override
  public void addTo(double[] sums, DoubleBatch batch, int from, int to, double[] weights) {
    double[] x1 = batch.x1Column();
    double[] x2 = batch.x2Column();
    double[] y = batch.yColumn();
    for (int i = from; i < to; i++) {
      int lane = i % LANES;
      forward(x1[i], x2[i], weights);
      double residual = prediction - y[i];
      double delta = residual * outputSlope;
      for (int j = 0; j < hidden; j++) {
        double reduced = delta * slope[j];
        add(sums, j, lane, reduced, x1[i]);
        add(sums, hidden + j, lane, reduced, x2[i]);
        add(sums, 2 * hidden + j, lane, delta, a[j]);
      }
      add(sums, 3 * hidden, lane, residual, residual);
    }
  }

  private static void add(double[] sums, int row, int lane, double factor, double other) {
    int k = row * LANES + lane;
    sums[k] = Math.fma(factor, other, sums[k]);
  }

  @Override
  public void predict(double[] predictions, DoubleBatch batch, int from, int to, double[] weights) {
    for (int i = from; i < to; i++) {
      forward(batch.x1Column()[i], batch.x2Column()[i], weights);
      predictions[i] = prediction;
    }
  }

  /** What the passes over one sample compute on the way. */
  void trace(Trace trace, DoubleBatch batch, int i, double[] weights) {
    forward(batch.x1Column()[i], batch.x2Column()[i], weights);
    double delta = (prediction - batch.yColumn()[i]) * outputSlope;
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
  private void forward(double x1, double x2, double[] weights) {
    for (int j = 0; j < hidden; j++) {
      z[j] = Math.fma(x2, weights[hidden + j], x1 * weights[j]);
      double e = DoubleFormulas.exp(Math.abs(z[j]));
      double upper = 1 / (1 + e);
      double lower = upper * e;
      a[j] = z[j] < 0 ? lower : upper;
      slope[j] = lower * upper;
      double weight = weights[2 * hidden + j];
      zo = j == 0 ? a[j] * weight : Math.fma(a[j], weight, zo);
    }
    double e = DoubleFormulas.exp(Math.abs(zo));
    double upper = 1 / (1 + e);
    double lower = upper * e;
    prediction = zo < 0 ? lower : upper;
    outputSlope = lower * upper;
  }
}
