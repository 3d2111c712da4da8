package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
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

  /** Mean of ½(ŷ−y)² and of its gradient over a batch. */
  public static LossAndGradient lossAndGradient(Weights w, Batch batch) {
    double[] sum = new double[w.topology().weightCount()];
    double loss = 0;
    for (int i = 0; i < batch.size(); i++) {
      loss += addSample(w, batch.x1(i), batch.x2(i), batch.y(i), sum);
    }
    int n = batch.size();
    return new LossAndGradient(loss / n, Weights.of(w.topology(), sum).map(g -> g / n));
  }

  /**
   * Adds one sample's gradient to the sum, in the order of the weights' names; returns its loss.
   */
  private static double addSample(Weights w, double x1, double x2, double y, double[] sum) {
    int hidden = w.topology().hidden();
    Forward f = forward(w, x1, x2);
    double residual = f.prediction() - y;
    double deltaOutput = residual * f.prediction() * (1 - f.prediction());
    for (int j = 0; j < hidden; j++) {
      double a = f.a()[j];
      double deltaHidden = deltaOutput * w.output(j) * a * (1 - a);
      sum[j] += deltaHidden * x1;
      sum[hidden + j] += deltaHidden * x2;
      sum[2 * hidden + j] += deltaOutput * a;
    }
    return 0.5 * residual * residual;
  }
}
