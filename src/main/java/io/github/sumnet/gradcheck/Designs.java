package io.github.sumnet.gradcheck;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.WorkedExample;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The cases of a check: the worked example, and random batches of awkward sizes. */
final class Designs {
  private static final int[] SIZES = {1, 2, 7, 32, 1000};
  private static final double INPUT_DEVIATION = 1.5;
  private static final double WEIGHT_DEVIATION = 1.0;

  private final Topology topology;
  private final Precision precision;
  private final Random random;

  private Designs(Topology topology, Precision precision, long seed) {
    this.topology = topology;
    this.precision = precision;
    this.random = new Random(seed);
  }

  /**
   * All cases for a network.
   *
   * @param seed what the random ones are drawn from
   */
  static List<Design> of(Topology topology, Precision precision, long seed) {
    return new Designs(topology, precision, seed).all();
  }

  private List<Design> all() {
    List<Design> designs = new ArrayList<>();
    if (topology.equals(Topology.DEFAULT)) {
      designs.add(workedExample());
    }
    for (int size : SIZES) {
      String blindTo = size == 1 ? "sum taken for mean" : "";
      designs.add(new Design("random n=" + size, blindTo, weights(), List.of(batch(size))));
    }
    designs.add(
        new Design("random n=32+5 in two chunks", "", weights(), List.of(batch(32), batch(5))));
    return List.copyOf(designs);
  }

  private Design workedExample() {
    Batch sample = Batch.allocate(precision, 1);
    sample.resize(1);
    sample.set(0, WorkedExample.X1, WorkedExample.X2, WorkedExample.TARGET);
    return new Design(
        "worked example",
        "sum taken for mean",
        WorkedExample.WEIGHTS.map(precision::round),
        List.of(sample));
  }

  private Weights weights() {
    return Weights.of(
        topology,
        random
            .doubles(topology.weightCount(), -1, 1)
            .map(w -> precision.round(w * 2 * WEIGHT_DEVIATION))
            .toArray());
  }

  /** Inputs of both signs and targets that have nothing to do with them: no symmetry to hide in. */
  private Batch batch(int size) {
    Batch batch = Batch.allocate(precision, size);
    batch.resize(size);
    for (int i = 0; i < size; i++) {
      batch.set(
          i,
          random.nextGaussian() * INPUT_DEVIATION,
          random.nextGaussian() * INPUT_DEVIATION,
          random.nextDouble());
    }
    return batch;
  }
}
