package io.github.sumnet.report.check;

import io.github.sumnet.network.DenseNetwork;
import java.util.Optional;

/**
 * Where a parameter is in DL4J's terms.
 *
 * @param layer from 1
 * @param in the row of the layer's weight matrix, from 0; empty for a bias
 * @param out its column, from 0
 * @param flat the index in the flat vector of parameters, in which matrices lie column by column
 */
record WeightPlace(int layer, Optional<Integer> in, int out, int flat) {
  /** The place of a parameter given by its place in the network's order. */
  static WeightPlace of(DenseNetwork network, int parameter) {
    int layer = network.layerOf(parameter);
    int row = network.row(parameter);
    int out = network.column(parameter);
    int rows = network.units(layer - 1);
    return row == rows
        ? new WeightPlace(layer, Optional.empty(), out, parameter)
        : new WeightPlace(layer, Optional.of(row), out, network.first(layer) + out * rows + row);
  }

  @Override
  public String toString() {
    return "L" + layer + "[" + in.map(row -> row + ",").orElse("") + out + "] " + flat;
  }
}
