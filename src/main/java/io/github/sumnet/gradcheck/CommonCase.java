package io.github.sumnet.gradcheck;

import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What gradient checks commonly look at: one step with one random batch.
 *
 * @param weights uniform between −2 and 2
 * @param samples 32 samples
 */
record CommonCase(Weights weights, Samples samples) {
  private static final int SAMPLES = 32;
  private static final double INPUT_DEVIATION = 1.5;
  private static final double WEIGHT_RANGE = 2;

  /** A case, rounded to the precision. */
  static CommonCase of(Topology topology, Precision precision, long seed) {
    Random random = new Random(seed);
    Weights weights =
        Weights.of(
            topology,
            random.doubles(topology.weightCount(), -WEIGHT_RANGE, WEIGHT_RANGE).toArray());
    double[][] samples =
        IntStream.range(0, SAMPLES)
            .mapToObj(
                i ->
                    new double[] {
                      precision.round(random.nextGaussian() * INPUT_DEVIATION),
                      precision.round(random.nextGaussian() * INPUT_DEVIATION),
                      precision.round(random.nextDouble())
                    })
            .toArray(double[][]::new);
    return new CommonCase(weights.map(precision::round), Samples.of(samples));
  }
}
