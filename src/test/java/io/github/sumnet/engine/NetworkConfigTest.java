package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.XavierInit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkConfigTest {
  private static final Topology THREE = new Topology(3);
  private static final double RATE = 0.25;

  @TempDir Path folder;

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  static Stream<Arguments> updatersAndPrecisions() {
    return Stream.of(UpdaterConfig.Kind.values())
        .flatMap(
            kind ->
                Stream.of(
                        "constant",
                        "exponential:0.5",
                        "inverse:0.5:2",
                        "sigmoid:0.5:3",
                        "step:0.5:2",
                        "cycle:0.5:11",
                        "map:0:0.5:2:0.25:3:0.125")
                    .flatMap(schedule -> Stream.of(schedule, schedule + "@epoch"))
                    .map(schedule -> new UpdaterConfig(kind, RATE, Schedule.parse(schedule))))
        .flatMap(updater -> Stream.of(Precision.values()).map(p -> Arguments.of(updater, p)));
  }

  /** Every schedule counts: the next step is the same too. */
  @ParameterizedTest
  @MethodSource("updatersAndPrecisions")
  void what_is_written_opens_in_deeplearning4j_and_trains_on_as_here(
      UpdaterConfig updater, Precision precision) throws IOException, InterruptedException {
    EngineSpec spec = new EngineSpec(EngineType.DL4J, Device.CPU, precision, THREE, updater, 1);
    Batch batch = Batch.allocate(precision, 8);
    new SyntheticBatches(1, InputRange.DEFAULT, 8).read(0, 8, batch);
    INDArray inputs = array(precision, 2, i -> i < 8 ? batch.x1(i) : batch.x2(i - 8));
    INDArray targets = array(precision, 1, batch::y);
    try (Engine engine = Engine.create(spec, XavierInit.weights(THREE, 1))) {
      for (int epoch = 0; epoch < 3; epoch++) {
        engine.step(ChunkQueue.of(List.of(batch)), 1, epoch, false);
      }

      MultiLayerNetwork opened = ModelFile.opened(engine.model(), folder);

      assertThat(ModelFile.weights(opened, THREE)).isEqualTo(engine.model().weights());
      assertThat(opened.output(inputs).toDoubleVector()).containsExactly(engine.predict(batch));
      assertThat(opened.getIterationCount()).isEqualTo(3);
      assertThat(opened.getEpochCount()).isEqualTo(2);
      assertThat(opened.getLearningRate(0)).isEqualTo(engine.model().learningRate());
      assertSameEntries(opened, engine.model());

      opened.fit(inputs, targets);
      engine.step(ChunkQueue.of(List.of(batch)), 1, 2, false);
      assertThat(ModelFile.weights(opened, THREE)).isEqualTo(engine.model().weights());
      assertSameEntries(opened, engine.model());
    }
  }

  private static void assertSameEntries(MultiLayerNetwork opened, Dl4jModel model)
      throws IOException {
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    ModelSerializer.writeModel(opened, again, true);
    Map<String, byte[]> expected = ModelFile.entries(ModelFile.written(model));
    Map<String, byte[]> found = ModelFile.entries(again.toByteArray());
    assertThat(found).containsOnlyKeys(expected.keySet());
    assertThat(found.get("coefficients.bin")).isEqualTo(expected.get("coefficients.bin"));
    assertThat(found.get("updaterState.bin")).isEqualTo(expected.get("updaterState.bin"));
  }

  private static INDArray array(Precision precision, int columns, IntToDoubleFunction values) {
    double[] numbers = IntStream.range(0, 8 * columns).mapToDouble(values).toArray();
    return Nd4j.create(numbers, new long[] {8, columns}, 'f')
        .castTo(NetworkConfig.dataType(precision));
  }

  /** The formulas in {@link Schedule.Kind}, for r = 0.25. */
  static Stream<Arguments> formulas() {
    return Stream.of(
        formula("constant", i -> RATE),
        formula("exponential:0.9", i -> RATE * Math.pow(0.9, i)),
        formula("inverse:0.5:2", i -> RATE / Math.pow(1 + 0.5 * i, 2)),
        formula("sigmoid:0.5:3", i -> RATE / (1 + Math.exp(-0.5 * (i - 3)))),
        formula("step:0.5:4", i -> RATE * Math.pow(0.5, Math.floorDiv(i, 4))),
        formula("map:0:0.5:2:0.25:7:0.125", i -> i < 2 ? 0.5 : i < 7 ? 0.25 : 0.125),
        formula("map:0:0.5:7:0.125:2:0.25", i -> i < 2 ? 0.5 : i < 7 ? 0.25 : 0.125));
  }

  private static Arguments formula(String schedule, IntToDoubleFunction rate) {
    return Arguments.of(schedule, rate);
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void the_learning_rate_follows_the_documented_formula_by_iteration(
      String schedule, IntToDoubleFunction rate) {
    Dl4jModel model = model(schedule);
    for (int i = 0; i < 12; i++) {
      assertThat(model.learningRate()).isCloseTo(rate.applyAsDouble(i), within(1e-15));
      assertThat(takenStep(model, 0)).isCloseTo(rate.applyAsDouble(i), within(1e-14));
    }
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void the_learning_rate_follows_the_documented_formula_by_epoch(
      String schedule, IntToDoubleFunction rate) {
    Dl4jModel model = model(schedule + "@epoch");
    for (int epoch = 0; epoch < 12; epoch++) {
      for (int step = 0; step < 3; step++) {
        assertThat(takenStep(model, epoch)).isCloseTo(rate.applyAsDouble(epoch), within(1e-14));
        assertThat(model.learningRate()).isCloseTo(rate.applyAsDouble(epoch), within(1e-15));
      }
    }
  }

  /** Smith's 1cycle: up, back, and nothing but lower from there on. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 10, 11, 12, 19, 20, 27, 100, 101, 1000})
  void one_cycle_rises_to_the_largest_rate_falls_back_and_is_annealed(int count) {
    double largest = 1;
    Dl4jModel model = model("cycle:" + largest + ":" + count);
    double[] rates = new double[count + 1];
    for (int i = 0; i <= count; i++) {
      rates[i] = model.learningRate();
      takenStep(model, 0);
    }
    int peak = 0;
    for (int i = 0; i < count; i++) {
      peak = rates[i] > rates[peak] ? i : peak;
      assertThat(rates[i]).as("rate %d of %d", i, count).isBetween(RATE / 100, largest);
    }
    for (int i = 1; i < count; i++) {
      if (i <= peak) {
        assertThat(rates[i]).as("rising, %d of %d", i, count).isGreaterThan(rates[i - 1]);
      } else {
        assertThat(rates[i]).as("falling, %d of %d", i, count).isLessThan(rates[i - 1]);
      }
    }
    assertThat(rates[0]).isEqualTo(RATE);
    assertThat(rates[count]).as("the next cycle begins").isEqualTo(RATE);
    if (count >= 3) {
      assertThat(rates[peak]).isCloseTo(largest, within(1e-12));
    }
    if (count >= 20) {
      assertThat(rates[count - 1]).as("the end").isLessThan(RATE / 9);
    }
  }

  @Test
  void the_loss_is_half_the_squared_error() {
    Dl4jModel model = new Dl4jModel(Topology.DEFAULT, Precision.DOUBLE, UpdaterConfig.sgd(1));
    MultiLayerNetwork network = model.replica();
    // All weights 0: ŷ = ½ for any input, so the loss for y = 2.5 is ½·2².
    network.setInput(Nd4j.createFromArray(new double[][] {{1, 2}}));
    network.setLabels(Nd4j.createFromArray(new double[][] {{2.5}}));
    network.computeGradientAndScore();
    assertThat(network.score()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 6", "4096, 12288"})
  void there_are_no_biases(int hidden, long parameters) {
    Dl4jModel model = new Dl4jModel(new Topology(hidden), Precision.FLOAT, UpdaterConfig.sgd(1));
    assertThat(model.replica().numParams()).isEqualTo(parameters);
  }

  private static Dl4jModel model(String schedule) {
    return new Dl4jModel(
        Topology.DEFAULT,
        Precision.DOUBLE,
        new UpdaterConfig(UpdaterConfig.Kind.SGD, RATE, Schedule.parse(schedule)));
  }

  /** How far one step of gradient descent goes on a gradient of 1: the rate that was used. */
  private static double takenStep(Dl4jModel model, int epoch) {
    Weights zero = Weights.of(Topology.DEFAULT, new double[6]);
    model.setWeights(zero);
    model.gradientSum().assign(2);
    model.applyGradientSum(2, epoch);
    return -model.weights().output(1);
  }
}
