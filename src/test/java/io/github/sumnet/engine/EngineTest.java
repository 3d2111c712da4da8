package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchLoader;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.chunk.TreeSumTest;
import io.github.sumnet.network.ExactWorkedExample;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.WorkedExample;
import io.github.sumnet.network.XavierInit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EngineTest {
  private static final UpdaterConfig ADAM =
      new UpdaterConfig(UpdaterConfig.Kind.ADAM, 0.05, Schedule.CONSTANT);

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @ParameterizedTest
  @EnumSource(EngineType.class)
  void one_step_of_gradient_descent_ends_in_the_worked_examples_exact_weights(EngineType type)
      throws InterruptedException {
    try (Engine engine = doubleEngine(type, UpdaterConfig.sgd(WorkedExample.LEARNING_RATE))) {
      Batch sample = Batch.allocate(Precision.DOUBLE, 1);
      sample.resize(1);
      sample.set(0, WorkedExample.X1, WorkedExample.X2, WorkedExample.TARGET);

      double loss = engine.step(ChunkQueue.of(List.of(sample)), 1, 0, true);

      assertThat(loss).isCloseTo(ExactWorkedExample.value("loss"), within(1e-15));
      assertThat(engine.model().weights().toArray())
          .containsExactly(ExactWorkedExample.updated().toArray(), within(1e-15));
    }
  }

  @ParameterizedTest
  @EnumSource(EngineType.class)
  void what_is_computed_on_the_way_are_the_worked_examples_exact_values(EngineType type) {
    Batch samples = Batch.allocate(Precision.DOUBLE, 2);
    samples.resize(2);
    samples.set(0, 0, 0, 0.5);
    samples.set(1, WorkedExample.X1, WorkedExample.X2, WorkedExample.TARGET);
    try (Engine engine = doubleEngine(type, ADAM)) {
      Trace trace = engine.trace(samples);

      assertThat(trace.z()).containsExactly(exact(0, 0, "z1", "z2"), within(1e-15));
      assertThat(trace.a()).containsExactly(exact(0.5, 0.5, "a1", "a2"), within(1e-15));
      assertThat(trace.deltaHidden()[2]).isCloseTo(exact("deltaHidden1"), within(1e-15));
      assertThat(trace.deltaHidden()[3]).isCloseTo(exact("deltaHidden2"), within(1e-15));
      assertThat(trace.zo()[1]).isCloseTo(exact("zo"), within(1e-15));
      assertThat(trace.prediction()[1]).isCloseTo(exact("prediction"), within(1e-15));
      assertThat(trace.deltaOutput()[1]).isCloseTo(exact("deltaOutput"), within(1e-15));
      assertThat(engine.predict(samples)).containsExactly(trace.prediction(), within(1e-15));
    }
  }

  private static double exact(String name) {
    return ExactWorkedExample.value(name);
  }

  private static double[] exact(double first, double second, String third, String fourth) {
    return new double[] {first, second, exact(third), exact(fourth)};
  }

  @Test
  void the_loss_is_not_measured_unless_it_is_wanted_and_the_step_is_the_same()
      throws InterruptedException {
    try (Engine one = doubleEngine(EngineType.DL4J, ADAM);
        Engine other = doubleEngine(EngineType.DL4J, ADAM)) {
      Batch batch = generated(Precision.DOUBLE, 1000);
      assertThat(one.step(ChunkQueue.of(List.of(batch)), 1, 0, true)).isPositive();
      assertThat(other.step(ChunkQueue.of(List.of(batch)), 1, 0, false)).isNaN();
      assertThat(one.model().weights()).isEqualTo(other.model().weights());
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void any_number_of_threads_leaves_the_same_bits(Precision precision) throws InterruptedException {
    Weights alone = trained(precision, 1);
    assertThat(trained(precision, 2)).isEqualTo(alone);
    assertThat(trained(precision, 3)).isEqualTo(alone);
    assertThat(trained(precision, 7)).isEqualTo(alone);
  }

  private static Weights trained(Precision precision, int threads) throws InterruptedException {
    Topology topology = new Topology(3);
    EngineSpec spec =
        new EngineSpec(EngineType.DL4J, Device.CPU, precision, topology, ADAM, threads);
    Slicing slicing = new Slicing(10_000, 3_000, 128);
    SyntheticBatches samples = new SyntheticBatches(7, InputRange.DEFAULT, slicing.samples());
    try (Engine engine = Engine.create(spec, XavierInit.weights(topology, 3));
        BatchLoader loader = new BatchLoader(samples, slicing, 0, precision, threads + 1)) {
      for (long step = 0; step < 9; step++) {
        engine.step(loader, slicing.chunks(step), (int) slicing.epoch(step), step % 2 == 0);
      }
      return engine.model().weights();
    }
  }

  static Stream<Arguments> enginesAndThreads() {
    return Stream.of(EngineType.values())
        .flatMap(
            type ->
                IntStream.of(1, 2, 3, 7)
                    .filter(threads -> threads == 1 || type != EngineType.REFERENCE)
                    .boxed()
                    .flatMap(
                        threads ->
                            Stream.of(Precision.values())
                                .filter(
                                    precision ->
                                        precision == Precision.DOUBLE
                                            || type != EngineType.REFERENCE)
                                .map(precision -> Arguments.of(type, threads, precision))));
  }

  @ParameterizedTest
  @MethodSource("enginesAndThreads")
  void a_steps_gradient_is_the_tree_sum_of_its_chunks_gradients(
      EngineType type, int threads, Precision precision) throws InterruptedException {
    Topology topology = new Topology(3);
    EngineSpec spec = new EngineSpec(type, Device.CPU, precision, topology, ADAM, threads);
    try (Engine engine = Engine.create(spec, XavierInit.weights(topology, 3))) {
      for (int count : new int[] {1, 2, 3, 5, 8, 21, 64, 100}) {
        List<Batch> chunks = chunks(precision, count);
        List<double[]> gradients = new ArrayList<>();
        for (Batch chunk : chunks) {
          engine.lossAndGradient(ChunkQueue.of(List.of(chunk)), 1);
          gradients.add(engine.model().gradientVector().toArray());
        }
        engine.lossAndGradient(ChunkQueue.of(chunks), count);
        assertThat(engine.model().gradientVector().toArray())
            .isEqualTo(TreeSumTest.sum(gradients, precision));
      }
    }
  }

  private static List<Batch> chunks(Precision precision, int count) {
    SyntheticBatches samples = new SyntheticBatches(count, InputRange.DEFAULT, 40L * count);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              Batch chunk = Batch.allocate(precision, 40);
              samples.read(40L * i, 1 + 7 * i % 40, chunk);
              return chunk;
            })
        .toList();
  }

  @ParameterizedTest
  @EnumSource(EngineType.class)
  void the_step_that_follows_from_a_sum_computed_elsewhere_has_the_same_bits(EngineType type)
      throws InterruptedException {
    try (Engine here = doubleEngine(type, ADAM);
        Engine elsewhere = doubleEngine(type, ADAM);
        Engine driver = doubleEngine(type, ADAM)) {
      for (int step = 0; step < 5; step++) {
        List<Batch> chunks = chunks(Precision.DOUBLE, 5);
        double loss = here.step(ChunkQueue.of(chunks), 5, 0, true);
        elsewhere.model().setWeights(driver.model().weights());
        StepSum sum = elsewhere.sum(ChunkQueue.of(chunks), 5, true);
        driver.apply(sum, 0);
        assertThat(sum.mean().loss()).isEqualTo(loss);
        assertThat(driver.model().weights()).isEqualTo(here.model().weights());
      }
    }
  }

  @Test
  void chunks_add_up_to_the_whole_batch() throws InterruptedException {
    Batch whole = generated(Precision.DOUBLE, 1000);
    SyntheticBatches samples = new SyntheticBatches(1, InputRange.DEFAULT, 1000);
    Batch first = Batch.allocate(Precision.DOUBLE, 999);
    samples.read(0, 999, first);
    Batch rest = Batch.allocate(Precision.DOUBLE, 1);
    samples.read(999, 1, rest);
    try (Engine engine = doubleEngine(EngineType.DL4J, ADAM)) {
      LossAndGradient cut = engine.lossAndGradient(ChunkQueue.of(List.of(first, rest)), 2);
      LossAndGradient uncut = engine.lossAndGradient(ChunkQueue.of(List.of(whole)), 1);
      assertThat(cut.loss()).isCloseTo(uncut.loss(), within(1e-16));
      assertThat(cut.gradient().toArray())
          .containsExactly(uncut.gradient().toArray(), within(1e-16));
    }
  }

  private static Batch generated(Precision precision, int count) {
    Batch batch = Batch.allocate(precision, count);
    new SyntheticBatches(1, InputRange.DEFAULT, count).read(0, count, batch);
    return batch;
  }

  private static Engine doubleEngine(EngineType type, UpdaterConfig updater) {
    return Engine.create(
        new EngineSpec(type, Device.CPU, Precision.DOUBLE, Topology.DEFAULT, updater, 1),
        WorkedExample.WEIGHTS);
  }
}
