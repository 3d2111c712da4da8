package io.github.sumnet.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * The network's weights, or anything of their shape such as a gradient. Immutable.
 *
 * <p>Indices start at 0: {@code hidden(0, 1)} is the document's w12, from input x1 to hidden unit
 * 2.
 */
public final class Weights {
  private final Topology topology;
  private final double[] values;

  private Weights(Topology topology, double[] values) {
    this.topology = topology;
    this.values = values;
  }

  /**
   * Weights from their values in the order of {@link Topology#weightNames()}.
   *
   * @throws IllegalArgumentException unless there are {@link Topology#weightCount()} of them
   */
  public static Weights of(Topology topology, double... values) {
    if (values.length != topology.weightCount()) {
      throw new IllegalArgumentException(
          "a %s network has %s weights, not %s"
              .formatted(topology, topology.weightCount(), values.length));
    }
    return new Weights(topology, values.clone());
  }

  public Topology topology() {
    return topology;
  }

  /** The weight from an input (0 or 1) to a hidden unit (0 to H-1). */
  public double hidden(int input, int unit) {
    return values[input * topology.hidden() + unit];
  }

  /** The weight from a hidden unit (0 to H-1) to the output. */
  public double output(int unit) {
    return values[Topology.INPUTS * topology.hidden() + unit];
  }

  /** The values in the order of {@link Topology#weightNames()}: w11 w12 w21 w22 wh1 wh2. A copy. */
  public double[] toArray() {
    return values.clone();
  }

  /** The values by name, in the order of {@link Topology#weightNames()}. */
  public Map<String, Double> byName() {
    Map<String, Double> named = new LinkedHashMap<>();
    int i = 0;
    for (String name : topology.weightNames()) {
      named.put(name, values[i++]);
    }
    return named;
  }

  /** Applies a function to every value. */
  public Weights map(DoubleUnaryOperator function) {
    return new Weights(topology, Arrays.stream(values).map(function).toArray());
  }

  /** Whether no value is NaN or infinite. */
  public boolean isFinite() {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  /** Equal when the topologies and the bits of all values are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Weights that
        && topology.equals(that.topology)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return byName().toString();
  }
}
