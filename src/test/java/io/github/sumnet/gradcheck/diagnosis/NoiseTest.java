package io.github.sumnet.gradcheck.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Watched;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/**
 * Noise is not a fault. It takes a minute to be sure of that, which mutation testing leaves out.
 */
@Tag("campaign")
class NoiseTest {
  private static final List<Stage> STAGES = Stage.all(DenseNetwork.of(Topology.DEFAULT));

  // Random noise may look like anything, if seldom: the same cases every time.
  @Property(tries = 300, seed = "1729")
  void noise_is_not_taken_for_a_fault(
      @ForAll @IntRange(min = 0, max = 10) int place,
      @ForAll Precision precision,
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 4) int hidden,
      @ForAll @DoubleRange(min = 0.01, max = 10) double size)
      throws InterruptedException {
    Stage stage = STAGES.get(place);
    List<Evidence> steps =
        new Watched(new Topology(hidden), precision)
            .steps(Noisy.at(stage, new Topology(hidden), precision, seed, size));
    assertUnexplained(stage, steps);
  }

  /** A sloppy exponential, a fast division: errors that rounding alone would not make. */
  @Property(tries = 300, seed = "2961")
  void noise_of_a_few_bounds_is_not_taken_for_a_fault(
      @ForAll @IntRange(min = 0, max = 10) int place,
      @ForAll Precision precision,
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 4) int hidden,
      @ForAll @IntRange(min = 2, max = 30) int bounds)
      throws InterruptedException {
    Stage stage = STAGES.get(place);
    Random random = new Random(seed);
    DenseNetwork network = DenseNetwork.of(new Topology(hidden));
    List<Evidence> steps =
        new Watched(new Topology(hidden), precision).steps(new RoundedSubject(network, precision));
    for (Evidence step : steps) {
      double[] seen = step.seen().at(stage);
      double[] bound = step.bounds().get(stage);
      for (int i = 0; i < seen.length; i++) {
        double share = random.nextDouble() * (random.nextBoolean() ? bounds : -bounds);
        seen[i] = step.truth().at(stage).get(i).doubleValue() + share * bound[i];
      }
    }
    assertUnexplained(stage, steps);
  }

  private static void assertUnexplained(Stage stage, List<Evidence> steps) {
    List<Evidence> failing = Watched.failing(stage, steps);
    assertThat(failing).isNotEmpty();
    assertThat(Hypotheses.explain(stage, failing).cause()).isEqualTo(Cause.UNKNOWN);
  }
}
