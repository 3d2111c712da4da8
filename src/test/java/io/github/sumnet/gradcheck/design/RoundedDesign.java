package io.github.sumnet.gradcheck.design;

import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Designs of one batch whose numbers a precision holds. */
public final class RoundedDesign {
  private RoundedDesign() {}

  /** Rounds weights and samples; the samples are overwritten. */
  public static Design of(
      Topology topology, Precision precision, double[] weights, double[][] samples) {
    for (double[] row : samples) {
      Arrays.setAll(row, k -> precision.round(row[k]));
    }
    return new Design(
        "rounded",
        DenseNetwork.of(topology),
        Arrays.stream(weights).map(precision::round).toArray(),
        List.of(Samples.of(samples)));
  }

  /** Samples with normal inputs, times 2^scale, and targets from −1 to 2. */
  public static double[][] samples(int count, int scale, Random random) {
    double[][] samples = new double[count][];
    for (int i = 0; i < count; i++) {
      samples[i] =
          new double[] {
            Math.scalb(random.nextGaussian(), scale),
            Math.scalb(random.nextGaussian(), scale),
            random.nextDouble() * 3 - 1
          };
    }
    return samples;
  }
}
