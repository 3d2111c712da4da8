package io.github.sumnet.engine;

import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.Arrays;

/**
 * Where a weight sits in ND4J's flat parameter vector. Layer after layer, each weight matrix [in,
 * out] in 'f' (column-major) order: w11, w21, w12, w22, then wh1, wh2. No other class knows this.
 */
public final class WeightLayout {
  private WeightLayout() {}

  /** The flat vector of the weights. */
  public static double[] flatten(Weights weights) {
    double[] values = weights.toArray();
    double[] flat = new double[values.length];
    for (int weight = 0; weight < values.length; weight++) {
      flat[index(weights.topology(), weight)] = values[weight];
    }
    return flat;
  }

  /** The weights of a flat vector. */
  public static Weights unflatten(Topology topology, double[] flat) {
    double[] values = new double[topology.weightCount()];
    Arrays.setAll(values, weight -> flat[index(topology, weight)]);
    return Weights.of(topology, values);
  }

  /** Where the weight at this place of {@link Topology#weightNames()} is in the flat vector. */
  public static int index(Topology topology, int weight) {
    int hidden = topology.hidden();
    return weight < Topology.INPUTS * hidden
        ? weight % hidden * Topology.INPUTS + weight / hidden
        : weight;
  }
}
