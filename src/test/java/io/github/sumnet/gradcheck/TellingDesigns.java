package io.github.sumnet.gradcheck;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The random designs of the check, and one whose units are in saturation. */
final class TellingDesigns {
  private TellingDesigns() {}

  static List<Design> of(Topology topology, Precision precision, long seed) {
    List<Design> designs = new ArrayList<>(Designs.of(topology, precision, seed));
    designs.add(saturation(topology, precision, seed));
    return designs;
  }

  /** Hidden units at up to |z| = 800, and an output at up to |zo| = 40 or so. */
  private static Design saturation(Topology topology, Precision precision, long seed) {
    Random random = new Random(seed);
    int hidden = topology.hidden();
    double[] weights = new double[topology.weightCount()];
    Arrays.setAll(
        weights, k -> k < 2 * hidden ? 1 + random.nextDouble() : -40 - random.nextDouble());
    Batch batch =
        Batches.of(
            precision,
            new double[] {16, 0.5, 0.25},
            new double[] {-17, -1.5, 0.5},
            new double[] {0.25, 36, 0.75},
            new double[] {100, -1, 0.125},
            new double[] {745, 800, 0.625},
            new double[] {-745, 8, 0.25},
            new double[] {0.5, -0.25, 0.5});
    return new Design(
        "saturation",
        "",
        Weights.of(topology, weights).map(precision::round),
        List.of(List.of(batch)));
  }
}
