package io.github.sumnet.network;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The shape of the network: two inputs, H sigmoid hidden units, one sigmoid output, no biases.
 *
 * @param hidden H, the number of hidden units, 1 to {@value #MAX_HIDDEN}
 */
public record Topology(int hidden) {
  /** Inputs x1 and x2. */
  public static final int INPUTS = 2;

  /** The largest H: far above what two inputs can use, and a model still stays below 1 MiB. */
  public static final int MAX_HIDDEN = 4096;

  /** The document's network: 2-2-1. */
  public static final Topology DEFAULT = new Topology(2);

  public Topology {
    if (hidden < 1 || hidden > MAX_HIDDEN) {
      throw new IllegalArgumentException(
          "hidden units must be between 1 and " + MAX_HIDDEN + ", not " + hidden);
    }
  }

  /** How many weights the network has: 2H between input and hidden layer, H to the output. */
  public int weightCount() {
    return (INPUTS + 1) * hidden;
  }

  /**
   * The weights' names in the order of {@link Weights#toArray()}: w11 w12 w21 w22 wh1 wh2. The
   * first index is the input, the second the hidden unit; from ten units on a '_' parts the two.
   */
  public List<String> weightNames() {
    return IntStream.range(0, weightCount()).mapToObj(this::weightName).toList();
  }

  /** The name of the weight at an index of {@link #weightNames()}. */
  public String weightName(int weight) {
    int input = weight / hidden;
    int unit = weight % hidden + 1;
    if (input == INPUTS) {
      return "wh" + unit;
    }
    return "w" + (input + 1) + (hidden < 10 ? "" : "_") + unit;
  }

  @Override
  public String toString() {
    return INPUTS + "-" + hidden + "-1";
  }
}
