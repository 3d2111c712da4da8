package io.github.sumnet.engine.textbook;

import io.github.sumnet.data.Batch;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Weights;

/**
 * The textbook: forward and backward pass in plain Java double, one sample after the other. What
 * the other engines are measured against, so it shares no code with them.
 */
public final class Reference {
  private Reference() {}

  /**
   * The forward pass of one sample.
   *
   * @param z the hidden units' weighted inputs: z_j = x1·w1j + x2·w2j
   * @param a the hidden units' activations: a_j = σ(z_j)
   * @param zo the output's weighted input: zo = Σ a_j·wh_j
   * @param prediction ŷ = σ(zo)
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, made for every sample
  public record Forward(double[] z, double[] a, double zo, double prediction) {}

  /**
   * The backward pass of one sample.
   *
   * @param residual ŷ − y
   * @param deltaOutput the derivative of the loss by zo
   * @param deltaHidden the derivatives of the loss by the hidden units' z
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, made for every sample
  public record Backward(double residual, double deltaOutput, double[] deltaHidden) {}

  /** σ(z) = 1 / (1 + e^−z). */
  public static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /** The forward pass for one sample. */
  public static Forward forward(Weights w, double x1, double x2) {
    int hidden = w.topology().hidden();
    double[] z = new double[hidden];
    double[] a = new double[hidden];
    double zo = 0;
    for (int j = 0; j < hidden; j++) {
      z[j] = x1 * w.hidden(0, j) + x2 * w.hidden(1, j);
      a[j] = sigmoid(z[j]);
      zo += a[j] * w.output(j);
    }
    return new Forward(z, a, zo, sigmoid(zo));
  }

  /** The backward pass of one sample: δ_o = (ŷ−y)·σ′(zo) and δ_j = δ_o·wh_j·σ′(z_j). */
  public static Backward backward(Weights w, Forward f, double y) {
    int hidden = w.topology().hidden();
    double residual = f.prediction() - y;
    double deltaOutput = residual * f.prediction() * (1 - f.prediction());
    double[] deltaHidden = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      double a = f.a()[j];
      deltaHidden[j] = deltaOutput * w.output(j) * a * (1 - a);
    }
    return new Backward(residual, deltaOutput, deltaHidden);
  }

  /** Both passes for every sample of a batch. */
  public static Trace trace(Weights w, Batch batch) {
    Trace trace = Trace.allocate(w.topology(), batch.size());
    for (int i = 0; i < batch.size(); i++) {
      Forward f = forward(w, batch.x1(i), batch.x2(i));
      set(trace, i, f, backward(w, f, batch.y(i)));
    }
    return trace;
  }

  private static void set(Trace trace, int sample, Forward forward, Backward backward) {
    int hidden = forward.z().length;
    System.arraycopy(forward.z(), 0, trace.z(), sample * hidden, hidden);
    System.arraycopy(forward.a(), 0, trace.a(), sample * hidden, hidden);
    System.arraycopy(backward.deltaHidden(), 0, trace.deltaHidden(), sample * hidden, hidden);
    trace.zo()[sample] = forward.zo();
    trace.prediction()[sample] = forward.prediction();
    trace.deltaOutput()[sample] = backward.deltaOutput();
  }

  /** Mean of ½(ŷ−y)² and of its gradient over a batch. */
  public static LossAndGradient lossAndGradient(Weights w, Batch batch) {
    LossAndGradient sum = sum(w, batch);
    int n = batch.size();
    return new LossAndGradient(sum.loss() / n, sum.gradient().map(g -> g / n));
  }

  /** The sums before the division by the number of samples: the SUMS over the batch. */
  public static LossAndGradient sum(Weights w, Batch batch) {
    double[] gradient = new double[w.topology().weightCount()];
    double loss = 0;
    for (int i = 0; i < batch.size(); i++) {
      loss += addSample(w, batch.x1(i), batch.x2(i), batch.y(i), gradient);
    }
    return new LossAndGradient(loss, Weights.of(w.topology(), gradient));
  }

  /**
   * Adds one sample's gradient to the sum, in the order of the weights' names; returns its loss.
   */
  private static double addSample(Weights w, double x1, double x2, double y, double[] sum) {
    int hidden = w.topology().hidden();
    Forward f = forward(w, x1, x2);
    Backward b = backward(w, f, y);
    for (int j = 0; j < hidden; j++) {
      sum[j] += b.deltaHidden()[j] * x1;
      sum[hidden + j] += b.deltaHidden()[j] * x2;
      sum[2 * hidden + j] += b.deltaOutput() * f.a()[j];
    }
    return 0.5 * b.residual() * b.residual();
  }
}
