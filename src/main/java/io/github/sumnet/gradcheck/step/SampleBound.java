package io.github.sumnet.gradcheck.step;

import io.github.sumnet.device.Device;
import io.github.sumnet.gradcheck.arithmetic.RoundingModel;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How far rounding can take a training step on one sample from the exact one, where inputs, weights
 * and learning rate are decimals that have to be rounded first.
 */
public final class SampleBound {
  private final Map<Stage, double[]> bounds;

  private SampleBound(Map<Stage, double[]> bounds) {
    this.bounds = bounds;
  }

  /**
   * The bounds of a computation in this precision on this device.
   *
   * @param weights in the order of {@link Topology#weightNames()}
   */
  public static SampleBound of(
      Topology topology,
      List<BigDecimal> weights,
      BigDecimal x1,
      BigDecimal x2,
      BigDecimal y,
      BigDecimal rate,
      Precision precision,
      Device device) {
    ExactPass pass = ExactNetwork.of(topology, weights).pass(x1, x2, y);
    ExpectedStep step = new ExpectedStep(topology, weights, List.of(pass), rate);
    return new SampleBound(
        ErrorBound.ofRounded(
            RoundingModel.of(precision, device),
            topology,
            weights.stream().mapToDouble(BigDecimal::doubleValue).toArray(),
            new double[] {x1.doubleValue(), x2.doubleValue(), y.doubleValue()},
            step,
            rate.doubleValue()));
  }

  /** The bounds of a stage's values, in the order that {@link Stage} says; may be infinite. */
  public List<Double> at(Stage stage) {
    return Arrays.stream(bounds.get(stage))
        .map(bound -> bound * RoundingModel.SLACK)
        .boxed()
        .toList();
  }
}
