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
  private static final int[] SIZES = {1, 2, 7, 32};
  private static final double INPUT_DEVIATION = 1.5;
  private static final double WEIGHT_RANGE = 2;
  private static final String SUM_FOR_MEAN = "a sum taken for a mean";

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
      designs.add(
          new Design(
              "worked example",
              SUM_FOR_MEAN,
              WorkedExample.WEIGHTS.map(precision::round),
              List.of(
                  List.of(
                      Batches.of(
                          precision,
                          new double[] {
                            WorkedExample.X1, WorkedExample.X2, WorkedExample.TARGET
                          })))));
    }
    for (int size : SIZES) {
      String blindTo = size == 1 ? SUM_FOR_MEAN : "";
      designs.add(
          new Design("random n=" + size, blindTo, weights(), List.of(List.of(batch(size)))));
    }
    designs.add(
        new Design(
            "random n=32+5 in two chunks", "", weights(), List.of(List.of(batch(32), batch(5)))));
    designs.add(
        new Design(
            "random n=32 then n=5", "", weights(), List.of(List.of(batch(32)), List.of(batch(5)))));
    return List.copyOf(designs);
  }

  private Weights weights() {
    return Weights.of(
        topology,
        random
            .doubles(topology.weightCount(), -WEIGHT_RANGE, WEIGHT_RANGE)
            .map(precision::round)
            .toArray());
  }

  /** Inputs of both signs and targets that have nothing to do with them: no symmetry to hide in. */
  private Batch batch(int size) {
    double[][] samples = new double[size][];
    for (int i = 0; i < size; i++) {
      samples[i] =
          new double[] {
            random.nextGaussian() * INPUT_DEVIATION,
            random.nextGaussian() * INPUT_DEVIATION,
            random.nextDouble()
          };
    }
    return Batches.of(precision, samples);
  }
}
