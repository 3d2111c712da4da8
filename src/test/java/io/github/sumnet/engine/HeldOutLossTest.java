package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldOutLossTest {
  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  /** Chunks of changing sizes, so that what a larger one left behind would show. */
  @ParameterizedTest
  @CsvSource({
    "FUSED, FLOAT, 1",
    "FUSED, FLOAT, 3",
    "FUSED, DOUBLE, 2",
    "DL4J, FLOAT, 2",
    "REFERENCE, DOUBLE, 1"
  })
  void the_loss_is_half_the_sum_of_the_squared_errors(
      EngineType type, Precision precision, int threads) throws InterruptedException {
    Random random = new Random(1);
    List<Batch> chunks =
        IntStream.of(500, 40, 1, 1300, 16)
            .mapToObj(size -> chunk(precision, size, random))
            .toList();
    EngineSpec spec =
        new EngineSpec(
            type, Device.CPU, precision, Topology.DEFAULT, UpdaterConfig.sgd(1), threads);
    double[] weights = random.doubles(6, -2, 2).map(precision::round).toArray();
    try (Engine engine = Engine.create(spec, Weights.of(Topology.DEFAULT, weights))) {
      double loss = engine.loss(ChunkQueue.of(chunks), chunks.size());
      assertThat(loss).isEqualTo(engine.errors(ChunkQueue.of(chunks), chunks.size()).squares() / 2);
      double sum = 0;
      for (Batch chunk : chunks) {
        double[] predictions = engine.predict(chunk);
        for (int i = 0; i < chunk.size(); i++) {
          sum += Math.pow(predictions[i] - chunk.y(i), 2) / 2;
        }
      }
      assertThat(loss).isCloseTo(sum, within(1e-12 * sum));
    }
  }

  private static Batch chunk(Precision precision, int size, Random random) {
    Batch batch = Batch.allocate(precision, size);
    batch.resize(size);
    for (int i = 0; i < size; i++) {
      batch.set(i, random.nextGaussian(), random.nextGaussian(), random.nextDouble());
    }
    return batch;
  }
}
