package io.github.sumnet.engine;

import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;

/**
 * Where a weight sits in ND4J's flat parameter vector. Layer after layer, each weight matrix [in,
 * out] in 'f' (column-major) order: w11, w21, w12, w22, then wh1, wh2. No other class knows this.
 */
public final class WeightLayout {
  private WeightLayout() {}

  /** The flat vector of the weights. */
  public static double[] flatten(Weights weights) {
    Topology topology = weights.topology();
    double[] flat = new double[topology.weightCount()];
    for (int unit = 0; unit < topology.hidden(); unit++) {
      for (int input = 0; input < Topology.INPUTS; input++) {
        flat[hiddenIndex(input, unit)] = weights.hidden(input, unit);
      }
      flat[outputIndex(topology, unit)] = weights.output(unit);
    }
    return flat;
  }

  /** The weights of a flat vector. */
  public static Weights unflatten(Topology topology, double[] flat) {
    int hidden = topology.hidden();
    double[] values = new double[topology.weightCount()];
    for (int unit = 0; unit < hidden; unit++) {
      for (int input = 0; input < Topology.INPUTS; input++) {
        values[input * hidden + unit] = flat[hiddenIndex(input, unit)];
      }
      values[Topology.INPUTS * hidden + unit] = flat[outputIndex(topology, unit)];
    }
    return Weights.of(topology, values);
  }

  /** Where the weight at this place of {@link Topology#weightNames()} is in the flat vector. */
  public static int index(Topology topology, int weight) {
    int hidden = topology.hidden();
    return weight < Topology.INPUTS * hidden
        ? hiddenIndex(weight / hidden, weight % hidden)
        : weight;
  }

  private static int hiddenIndex(int input, int unit) {
    return unit * Topology.INPUTS + input;
  }

  private static int outputIndex(Topology topology, int unit) {
    return Topology.INPUTS * topology.hidden() + unit;
  }
}
