package io.github.sumnet.train;

import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.WorkedExample;
import io.github.sumnet.network.XavierInit;

/** How the initial weights are chosen. */
public enum Init {
  /** The document's weights; for two hidden units only. */
  WORKED_EXAMPLE("worked-example"),
  /** Drawn from the seed. */
  XAVIER("xavier");

  private final String text;

  Init(String text) {
    this.text = text;
  }

  /**
   * The initial weights.
   *
   * @throws IllegalArgumentException if the topology is not the one they are for
   */
  public Weights weights(Topology topology, long seed) {
    return switch (this) {
      case XAVIER -> XavierInit.weights(topology, seed);
      case WORKED_EXAMPLE -> {
        if (!topology.equals(Topology.DEFAULT)) {
          throw new IllegalArgumentException(
              "the worked example's weights are those of a 2-2-1 network, not of a "
                  + topology
                  + " one; use xavier");
        }
        yield WorkedExample.WEIGHTS;
      }
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
