package io.github.sumnet.gradcheck.design;

import io.github.sumnet.network.Topology;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Wrong orders in which weights are easily taken: for a place, the place of what is found there.
 */
public final class Orders {
  private Orders() {}

  /** [2, H] taken for [H, 2], both ways round; the weights of the output stay. */
  public static Stream<IntUnaryOperator> transpositions(int hidden) {
    int count = Topology.INPUTS * hidden;
    return hidden == 1
        ? Stream.empty()
        : Stream.of(
            k -> k < count ? k % hidden * Topology.INPUTS + k / hidden : k,
            k -> k < count ? k % Topology.INPUTS * hidden + k / Topology.INPUTS : k);
  }

  /** The hidden units from the last to the first, and moved by one. */
  public static Stream<IntUnaryOperator> permutations(int hidden) {
    return hidden == 1
        ? Stream.empty()
        : Stream.of(j -> hidden - 1 - j, j -> (j + 1) % hidden, j -> (j + hidden - 1) % hidden);
  }

  /** A permutation of the units applied to the output's weights alone. */
  public static int output(int hidden, IntUnaryOperator units, int k) {
    int first = Topology.INPUTS * hidden;
    return k < first ? k : first + units.applyAsInt(k - first);
  }
}
