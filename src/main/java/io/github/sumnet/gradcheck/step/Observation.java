package io.github.sumnet.gradcheck.step;

import io.github.sumnet.engine.Trace;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What one training step was seen to compute, stage by stage. */
public final class Observation {
  private final Map<Stage, double[]> values = new EnumMap<>(Stage.class);

  /**
   * An observation of something that returns and predicts what it trains with.
   *
   * @param trace the samples' intermediate values
   * @param loss the mean loss
   * @param gradientSum the sum of the samples' gradients
   * @param gradientMean the mean gradient that the updater was given
   * @param updated the weights after the step
   */
  public Observation(
      Trace trace, double loss, Weights gradientSum, Weights gradientMean, Weights updated) {
    this(trace, loss, gradientSum, gradientMean, updated, trace.prediction(), loss, gradientMean);
  }

  /**
   * An observation from its parts.
   *
   * @param trace the samples' intermediate values
   * @param loss the mean loss
   * @param gradientSum the sum of the samples' gradients
   * @param gradientMean the mean gradient that the updater was given
   * @param updated the weights after the step
   * @param predicted ŷ by the way that is not training
   * @param returnedLoss the mean loss as the step returned it
   * @param returnedGradient the mean gradient as it is returned without a step
   */
  public Observation(
      Trace trace,
      double loss,
      Weights gradientSum,
      Weights gradientMean,
      Weights updated,
      double[] predicted,
      double returnedLoss,
      Weights returnedGradient) {
    Topology topology = updated.topology();
    int hidden = topology.hidden();
    int n = trace.zo().length;
    double[] forward = new double[2 * hidden * n];
    double[] output = new double[2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(trace.z(), i * hidden, forward, 2 * i * hidden, hidden);
      System.arraycopy(trace.a(), i * hidden, forward, (2 * i + 1) * hidden, hidden);
      output[2 * i] = trace.zo()[i];
      output[2 * i + 1] = trace.prediction()[i];
    }
    double[] sum = gradientSum.toArray();
    values.put(Stage.HIDDEN_FORWARD, forward);
    values.put(Stage.OUTPUT_FORWARD, output);
    values.put(Stage.LOSS, new double[] {loss});
    values.put(Stage.OUTPUT_DELTA, trace.deltaOutput());
    values.put(Stage.OUTPUT_GRADIENT, Arrays.copyOfRange(sum, 2 * hidden, 3 * hidden));
    values.put(Stage.HIDDEN_DELTA, trace.deltaHidden());
    values.put(Stage.HIDDEN_GRADIENT, Arrays.copyOf(sum, 2 * hidden));
    values.put(Stage.MEAN, gradientMean.toArray());
    values.put(Stage.UPDATE, updated.toArray());
    values.put(Stage.PREDICTED, predicted.clone());
    values.put(
        Stage.RETURNED,
        DoubleStream.concat(
                DoubleStream.of(returnedLoss), Arrays.stream(returnedGradient.toArray()))
            .toArray());
  }

  /** The stage's values; not a copy. */
  public double[] at(Stage stage) {
    return values.get(stage);
  }

  /** Whether every value has the same bits. */
  public boolean sameBits(Observation other) {
    return values.keySet().stream().allMatch(stage -> Arrays.equals(at(stage), other.at(stage)));
  }
}
