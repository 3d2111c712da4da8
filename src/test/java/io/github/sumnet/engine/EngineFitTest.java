package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.XavierInit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The engine's steps beside those of DL4J's own training loop. */
class EngineFitTest {
  private static final Topology TOPOLOGY = new Topology(4);

  @TempDir Path folder;

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  static Stream<Arguments> updatersPrecisionsAndSizes() {
    return Stream.of(UpdaterConfig.Kind.values())
        .flatMap(
            updater ->
                Stream.of(Precision.values())
                    .flatMap(
                        precision ->
                            Stream.of(1, 32, 1000)
                                .map(size -> Arguments.of(updater, precision, size))));
  }

  @ParameterizedTest
  @MethodSource("updatersPrecisionsAndSizes")
  void steps_on_one_chunk_have_the_bits_of_deeplearning4js_fit(
      UpdaterConfig.Kind kind, Precision precision, int size)
      throws IOException, InterruptedException {
    UpdaterConfig updater = new UpdaterConfig(kind, 0.5, Schedule.parse("inverse:0.1:1"));
    EngineSpec spec = new EngineSpec(EngineType.DL4J, Device.CPU, precision, TOPOLOGY, updater, 1);
    SyntheticBatches samples = new SyntheticBatches(3, InputRange.DEFAULT, 8L * size);
    Batch batch = Batch.allocate(precision, size);
    try (Engine engine = Engine.create(spec, XavierInit.weights(TOPOLOGY, 1))) {
      MultiLayerNetwork network = ModelFile.opened(engine.model(), folder);
      for (int step = 0; step < 8; step++) {
        samples.read((long) step * size, size, batch);
        boolean measure = step % 2 == 0;

        double loss = engine.step(ChunkQueue.of(List.of(batch)), 1, 0, measure);
        network.fit(inputs(batch), targets(batch));

        assertThat(engine.model().weights()).isEqualTo(ModelFile.weights(network, TOPOLOGY));
        if (measure) {
          assertThat(loss).isEqualTo(network.score());
        }
      }
      assertThat(engine.model().iteration()).isEqualTo(network.getIterationCount());
    }
  }

  private static INDArray inputs(Batch batch) {
    int n = batch.size();
    double[] columns = new double[2 * n];
    for (int i = 0; i < n; i++) {
      columns[i] = batch.x1(i);
      columns[n + i] = batch.x2(i);
    }
    return Nd4j.create(columns, new long[] {n, 2}, 'f')
        .castTo(NetworkConfig.dataType(batch.precision()));
  }

  private static INDArray targets(Batch batch) {
    int n = batch.size();
    double[] column = new double[n];
    for (int i = 0; i < n; i++) {
      column[i] = batch.y(i);
    }
    return Nd4j.create(column, new long[] {n, 1}, 'f')
        .castTo(NetworkConfig.dataType(batch.precision()));
  }
}
