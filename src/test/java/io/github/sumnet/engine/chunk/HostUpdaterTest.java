package io.github.sumnet.engine.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.HostVector;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.XavierInit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Step by step beside ND4J's own updater classes, on the same gradients. */
class HostUpdaterTest {
  private static final int STEPS = 200;
  private static final int STEPS_PER_EPOCH = 7;

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  static Stream<Arguments> updaters() {
    return Arrays.stream(Precision.values())
        .flatMap(
            precision ->
                Arrays.stream(UpdaterConfig.Kind.values())
                    .flatMap(
                        kind ->
                            Stream.of("constant", "exponential:0.99@epoch", "inverse:0.1:0.5")
                                .map(
                                    schedule ->
                                        Arguments.of(
                                            precision,
                                            new UpdaterConfig(
                                                kind, 0.05, Schedule.parse(schedule))))));
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void weights_state_and_change_have_the_bits_that_nd4js_updaters_leave(
      Precision precision, UpdaterConfig config) {
    Topology topology = new Topology(3);
    Dl4jModel nd4j = model(topology, precision, config);
    Dl4jModel host = model(topology, precision, config);
    HostUpdater updater = new HostUpdater(host);
    Random random = new Random(11);
    for (int step = 0; step < STEPS; step++) {
      double scale = Math.pow(10, random.nextInt(12) - 8);
      double[] sum =
          random.doubles(topology.weightCount(), -scale, scale).map(precision::round).toArray();
      if (step % 13 == 0) {
        Arrays.fill(sum, 0);
      }
      int samples = 1 + random.nextInt(100_000);
      int epoch = step / STEPS_PER_EPOCH;
      nd4j.setGradientSum(sum);
      nd4j.applyGradientSum(samples, epoch);
      host.setGradientSum(sum);
      updater.apply(samples, epoch);

      assertThat(host.weights()).as("weights after step %d", step).isEqualTo(nd4j.weights());
      assertThat(host.gradientVector()).isEqualTo(nd4j.gradientVector());
      assertThat(state(host)).as("state after step %d", step).isEqualTo(state(nd4j));
      assertThat(host.iteration()).isEqualTo(nd4j.iteration());
      assertThat(host.learningRate()).isEqualTo(nd4j.learningRate());
    }
  }

  /** Adam's step is then 0 or infinite, and ND4J takes ε instead. */
  @ParameterizedTest
  @CsvSource({"FLOAT, 1e-60", "FLOAT, 1e39", "DOUBLE, 4.9e-324"})
  void so_they_have_at_rates_that_the_precision_does_not_hold(Precision precision, double rate) {
    weights_state_and_change_have_the_bits_that_nd4js_updaters_leave(
        precision, new UpdaterConfig(UpdaterConfig.Kind.ADAM, rate, Schedule.CONSTANT));
  }

  private static Dl4jModel model(Topology topology, Precision precision, UpdaterConfig config) {
    Dl4jModel model = new Dl4jModel(topology, precision, config);
    model.setWeights(XavierInit.weights(topology, 5));
    return model;
  }

  private static List<Double> state(Dl4jModel model) {
    HostVector state = model.hostUpdaterState();
    int size =
        switch (model.updater().kind()) {
          case SGD -> 0;
          case NESTEROVS -> model.topology().weightCount();
          case ADAM -> 2 * model.topology().weightCount();
        };
    return IntStream.range(0, size).mapToObj(i -> state.get(i)).toList();
  }
}
