package io.github.sumnet.network;

import java.util.Random;

/**
 * Initial weights by Glorot and Bengio (2010), as DL4J's XAVIER has them: normal with mean 0 and
 * variance 2 / (fan in + fan out) of the layer.
 *
 * <p>Drawn in plain Java from {@link Random}, whose algorithm the Java specification fixes, and
 * rounded to float, so that every engine, device and precision starts from the same bits. The seed
 * is scrambled first: the first numbers that Random draws from small seeds are much alike.
 */
public final class XavierInit {
  private XavierInit() {}

  /** The initial weights for a seed. */
  public static Weights weights(Topology topology, long seed) {
    int hidden = topology.hidden();
    double hiddenDeviation = Math.sqrt(2.0 / (Topology.INPUTS + hidden));
    double outputDeviation = Math.sqrt(2.0 / (hidden + 1));
    Random random = new Random(SplitMix64.mix(seed + SplitMix64.GOLDEN_GAMMA));
    double[] values = new double[topology.weightCount()];
    for (int i = 0; i < values.length; i++) {
      double deviation = i < Topology.INPUTS * hidden ? hiddenDeviation : outputDeviation;
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return Weights.of(topology, values);
  }
}
