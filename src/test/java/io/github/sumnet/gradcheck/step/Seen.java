package io.github.sumnet.gradcheck.step;

import io.github.sumnet.engine.Trace;
import io.github.sumnet.network.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What a 2-H-1 network that returns and predicts what it trains with was seen to compute. */
public final class Seen {
  private Seen() {}

  /**
   * An observation from its parts.
   *
   * @param sum the gradients' sum
   * @param mean their mean
   * @param updated the weights after the step
   */
  public static Observation of(
      Trace trace, double loss, Weights sum, Weights mean, Weights updated) {
    int hidden = updated.topology().hidden();
    int n = trace.zo().length;
    double[] forward = new double[2 * hidden * n];
    double[] output = new double[2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(trace.z(), i * hidden, forward, 2 * i * hidden, hidden);
      System.arraycopy(trace.a(), i * hidden, forward, (2 * i + 1) * hidden, hidden);
      output[2 * i] = trace.zo()[i];
      output[2 * i + 1] = trace.prediction()[i];
    }
    double[] sums = sum.toArray();
    Map<Stage, double[]> values = new HashMap<>();
    values.put(Stage.forward(1), forward);
    values.put(Stage.forward(2), output);
    values.put(Stage.LOSS, new double[] {loss});
    values.put(Stage.delta(2), trace.deltaOutput());
    values.put(Stage.gradient(2), Arrays.copyOfRange(sums, 2 * hidden, 3 * hidden));
    values.put(Stage.delta(1), trace.deltaHidden());
    values.put(Stage.gradient(1), Arrays.copyOf(sums, 2 * hidden));
    values.put(Stage.MEAN, mean.toArray());
    values.put(Stage.UPDATE, updated.toArray());
    values.put(Stage.PREDICTED, trace.prediction());
    values.put(
        Stage.RETURNED,
        DoubleStream.concat(DoubleStream.of(loss), Arrays.stream(mean.toArray())).toArray());
    return new Observation(values);
  }
}
