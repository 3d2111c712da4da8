package io.github.sumnet.network;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A feed-forward network of dense layers. Layers count from 1; layer 0 is the inputs.
 *
 * <p>Its parameters are one vector: layer after layer the weights, row by row with a row for each
 * input, then the biases.
 *
 * @param inputs how many numbers a sample has besides its targets, at least 1
 * @param layers from the inputs to the outputs, at least one
 * @param loss what training makes small
 */
public record DenseNetwork(int inputs, List<Layer> layers, Loss loss) {

  /**
   * One dense layer.
   *
   * @param units how many units it has, at least 1
   * @param bias whether each unit adds a trained number to its weighted input
   */
  public record Layer(int units, Activation activation, boolean bias) {}

  public DenseNetwork {
    layers = List.copyOf(layers);
    if (inputs < 1 || layers.isEmpty() || layers.stream().anyMatch(layer -> layer.units() < 1)) {
      throw new IllegalArgumentException("a network has at least one input, layer and unit");
    }
  }

  /** The 2-H-1 network: sigmoids without biases, and half the squared error. */
  public static DenseNetwork of(Topology topology) {
    return new DenseNetwork(
        Topology.INPUTS,
        List.of(
            new Layer(topology.hidden(), Activation.SIGMOID, false),
            new Layer(1, Activation.SIGMOID, false)),
        Loss.HALF_SQUARED_ERROR);
  }

  /** The topology, if this is a 2-H-1 network as {@link #of} makes it. */
  public Optional<Topology> topology() {
    int hidden = layers.get(0).units();
    return inputs == Topology.INPUTS
            && hidden <= Topology.MAX_HIDDEN
            && equals(of(new Topology(hidden)))
        ? Optional.of(new Topology(hidden))
        : Optional.empty();
  }

  /** How many layers it has. */
  public int depth() {
    return layers.size();
  }

  /** How many numbers the network gives for a sample. */
  public int outputs() {
    return units(depth());
  }

  public Layer layer(int layer) {
    return layers.get(layer - 1);
  }

  /** How many units a layer has; layer 0 is the inputs. */
  public int units(int layer) {
    return layer == 0 ? inputs : layer(layer).units();
  }

  /** How many units all layers have together. */
  public int allUnits() {
    return layers.stream().mapToInt(Layer::units).sum();
  }

  /** How many weights and biases a layer has. */
  public int parameters(int layer) {
    return units(layer) * (units(layer - 1) + (layer(layer).bias() ? 1 : 0));
  }

  /** How many weights and biases the network has. */
  public int parameters() {
    return first(depth() + 1);
  }

  /** Where a layer's parameters begin. */
  public int first(int layer) {
    return IntStream.range(1, layer).map(this::parameters).sum();
  }

  /** The place of a weight from a unit of the layer below, both from 0. */
  public int weight(int layer, int in, int out) {
    return first(layer) + in * units(layer) + out;
  }

  /** The place of a unit's bias. */
  public int bias(int layer, int out) {
    return weight(layer, units(layer - 1), out);
  }

  /** The layer that a parameter belongs to. */
  public int layerOf(int parameter) {
    int layer = depth();
    while (first(layer) > parameter) {
      layer--;
    }
    return layer;
  }

  /** The row of a parameter in its layer's weights, from 0; the number of rows for a bias. */
  public int row(int parameter) {
    int layer = layerOf(parameter);
    return (parameter - first(layer)) / units(layer);
  }

  /** The unit that a parameter leads to, from 0. */
  public int column(int parameter) {
    int layer = layerOf(parameter);
    return (parameter - first(layer)) % units(layer);
  }

  /** What a parameter is called: w12 or wh1 in a 2-H-1 network, else such as W2[0,3] and b2[3]. */
  public String parameterName(int parameter) {
    Optional<Topology> topology = topology();
    if (topology.isPresent()) {
      return topology.get().weightName(parameter);
    }
    int layer = layerOf(parameter);
    int row = row(parameter);
    int column = column(parameter);
    return row == units(layer - 1)
        ? "b" + layer + "[" + column + "]"
        : "W" + layer + "[" + row + "," + column + "]";
  }

  /** The numbers of units, such as 2-2-1. */
  @Override
  public String toString() {
    return IntStream.rangeClosed(0, depth())
        .mapToObj(layer -> String.valueOf(units(layer)))
        .collect(Collectors.joining("-"));
  }
}
