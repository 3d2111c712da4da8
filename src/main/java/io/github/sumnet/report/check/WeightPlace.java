package io.github.sumnet.report.check;

import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.network.Topology;

/**
 * Where a weight is in DL4J's terms.
 *
 * @param layer 1 for the hidden layer, 2 for the output's
 * @param in the row of the layer's weight matrix, from 0
 * @param out its column, from 0
 * @param flat the index in the flat vector of parameters
 */
record WeightPlace(int layer, int in, int out, int flat) {
  /** The place of a weight given by its place in the order of the names. */
  static WeightPlace of(Topology topology, int weight) {
    int hidden = topology.hidden();
    int flat = Dl4jModel.parameterIndex(topology, weight);
    return weight < Topology.INPUTS * hidden
        ? new WeightPlace(1, weight / hidden, weight % hidden, flat)
        : new WeightPlace(2, weight - Topology.INPUTS * hidden, 0, flat);
  }

  @Override
  public String toString() {
    return "L" + layer + "[" + in + "," + out + "] " + flat;
  }
}
