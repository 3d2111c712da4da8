package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.textbook.Reference;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.XavierInit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTest {
  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, 1, 1", "FLOAT, 8, 5", "DOUBLE, 1, 3", "DOUBLE, 2, 1", "DOUBLE, 3, 7"})
  void dl4js_intermediate_values_are_those_of_the_textbook(
      Precision precision, int hidden, int samples) {
    Topology topology = new Topology(hidden);
    Weights weights = XavierInit.weights(topology, 5);
    Batch batch = Batch.allocate(precision, samples);
    batch.resize(samples);
    Random random = new Random(1);
    for (int i = 0; i < samples; i++) {
      batch.set(i, random.nextGaussian(), random.nextGaussian(), random.nextDouble());
    }
    try (Engine engine = engine(precision, topology, weights)) {
      Trace trace = engine.trace(batch);
      Trace textbook = Reference.trace(weights, batch);
      agree(precision, trace.z(), textbook.z());
      agree(precision, trace.a(), textbook.a());
      agree(precision, trace.zo(), textbook.zo());
      agree(precision, trace.prediction(), textbook.prediction());
      agree(precision, trace.deltaOutput(), textbook.deltaOutput());
      agree(precision, trace.deltaHidden(), textbook.deltaHidden());
      assertThat(engine.model().weights()).isEqualTo(weights);
    }
  }

  private static void agree(Precision precision, double[] values, double[] textbook) {
    assertThat(values).containsExactly(textbook, within(64 * precision.unitRoundoff()));
  }

  @Test
  void the_only_output_weight_does_not_hide_that_it_is_not_a_number() throws InterruptedException {
    Topology topology = new Topology(1);
    Batch batch = Batch.allocate(Precision.DOUBLE, 3);
    batch.resize(3);
    try (Engine engine =
        engine(Precision.DOUBLE, topology, Weights.of(topology, 0.5, 0.25, Double.NaN))) {
      assertThat(engine.lossAndGradient(ChunkQueue.of(List.of(batch)), 1).loss()).isNaN();
    }
  }

  private static Engine engine(Precision precision, Topology topology, Weights weights) {
    return Engine.create(
        new EngineSpec(EngineType.DL4J, Device.CPU, precision, topology, UpdaterConfig.sgd(1), 1),
        weights);
  }
}
