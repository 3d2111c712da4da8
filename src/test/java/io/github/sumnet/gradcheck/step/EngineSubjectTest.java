package io.github.sumnet.gradcheck.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineSubjectTest {
  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  /** Every stage of two steps, in chunks and whole, is what the textbook's own step has. */
  @ParameterizedTest
  @CsvSource({"REFERENCE, 2", "REFERENCE, 3", "FUSED, 2", "FUSED, 5"})
  void what_is_seen_of_an_engine_is_what_the_textbook_computes(EngineType type, int hidden)
      throws InterruptedException {
    Topology topology = new Topology(hidden);
    Random random = new Random(hidden);
    double[] weights = random.doubles(topology.weightCount(), -2, 2).toArray();
    List<Samples> steps =
        List.of(
            new Samples(List.of(rows(random, 5), rows(random, 2))),
            new Samples(List.of(rows(random, 3))));
    EngineSpec spec =
        new EngineSpec(type, Device.CPU, Precision.DOUBLE, topology, UpdaterConfig.sgd(9), 1);
    DenseNetwork network = DenseNetwork.of(topology);
    Subject textbook = new RoundedSubject(network, Precision.DOUBLE);
    textbook.begin(weights);
    try (EngineSubject engine = new EngineSubject(spec)) {
      engine.begin(weights);
      for (Samples samples : steps) {
        Observation expected = textbook.step(samples);
        Observation seen = engine.step(samples);
        for (Stage stage : Stage.all(network)) {
          assertThat(seen.at(stage))
              .as("%s", stage)
              .hasSameSizeAs(expected.at(stage))
              .containsExactly(expected.at(stage), within(1e-13));
        }
      }
    }
  }

  private static List<double[]> rows(Random random, int count) {
    return random
        .doubles(count, -1, 1)
        .mapToObj(x -> new double[] {x, random.nextDouble(), random.nextDouble()})
        .toList();
  }
}
