package io.github.sumnet.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.ResidentChunks;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.Nd4jSettings;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.WorkedExample;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps on chunks that were copied to ND4J once. */
class HeldChunksTest {
  private static final UpdaterConfig ADAM =
      new UpdaterConfig(UpdaterConfig.Kind.ADAM, 0.01, Schedule.CONSTANT);
  private static final int SAMPLES = 1000;
  private static final int CHUNK = 300;

  private Nd4jSettings before;

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @BeforeEach
  void remember() {
    before = Nd4jSettings.inForce();
  }

  @AfterEach
  void restore() {
    before.apply();
  }

  private static ResidentChunks samples(Precision precision, int chunkSize) {
    SyntheticBatches source = new SyntheticBatches(5, InputRange.DEFAULT, SAMPLES);
    return ResidentChunks.read(source, precision, SAMPLES, chunkSize);
  }

  private static Engine engine(Precision precision, int threads) {
    return Engine.create(
        new EngineSpec(EngineType.DL4J, Device.CPU, precision, Topology.DEFAULT, ADAM, threads),
        WorkedExample.WEIGHTS);
  }

  private static Weights afterSteps(Engine engine, ResidentChunks chunks)
      throws InterruptedException {
    for (int step = 0; step < 5; step++) {
      engine.step(chunks, chunks.chunks().size(), 0, false);
    }
    return engine.model().weights();
  }

  @ParameterizedTest
  @EnumSource
  void steps_have_the_bits_that_they_have_on_chunks_that_are_copied_each_time(Precision precision)
      throws InterruptedException {
    ResidentChunks chunks = samples(precision, CHUNK);
    try (Engine copying = engine(precision, 2);
        Engine holding = engine(precision, 2)) {
      holding.hold(chunks.chunks());
      assertThat(afterSteps(holding, chunks)).isEqualTo(afterSteps(copying, chunks));
    }
  }

  @Test
  void a_chunk_that_is_held_is_not_copied_again() throws InterruptedException {
    ResidentChunks chunks = samples(Precision.FLOAT, SAMPLES);
    try (Engine copying = engine(Precision.FLOAT, 1);
        Engine holding = engine(Precision.FLOAT, 1)) {
      holding.hold(chunks.chunks());
      Weights expected = afterSteps(copying, samples(Precision.FLOAT, SAMPLES));
      // A change that only a copy could notice.
      chunks.take(0).set(0, 0.25, 0.25, 0.9);
      assertThat(afterSteps(holding, chunks)).isEqualTo(expected);
    }
  }

  @Test
  void other_chunks_are_copied_as_ever() throws InterruptedException {
    ResidentChunks held = samples(Precision.FLOAT, SAMPLES);
    try (Engine copying = engine(Precision.FLOAT, 1);
        Engine holding = engine(Precision.FLOAT, 1)) {
      holding.hold(held.chunks());
      Batch other = Batch.allocate(Precision.FLOAT, 7);
      new SyntheticBatches(6, InputRange.DEFAULT, 7).read(0, 7, other);
      assertThat(holding.predict(other)).isEqualTo(copying.predict(other));
      assertThat(holding.trace(other).prediction()).isEqualTo(copying.trace(other).prediction());
    }
  }

  @ParameterizedTest
  @EnumSource
  void deeplearning4js_fit_takes_the_same_steps_on_the_whole_batch(Precision precision)
      throws InterruptedException {
    ResidentChunks whole = samples(precision, SAMPLES);
    try (Engine engine = engine(precision, 1);
        Dl4jFit fit = new Dl4jFit(Topology.DEFAULT, precision, ADAM, WorkedExample.WEIGHTS)) {
      fit.load(whole.take(0));
      for (int step = 0; step < 5; step++) {
        fit.step();
      }
      assertThat(fit.weights()).isEqualTo(afterSteps(engine, whole));
    }
  }

  @Test
  void nd4js_settings_can_be_put_back() {
    Nd4jSettings others = new Nd4jSettings(2, 2, 'c');
    others.apply();
    assertThat(Nd4jSettings.inForce()).isEqualTo(others);
    engine(Precision.FLOAT, 1).close();
    assertThat(Nd4jSettings.inForce()).isEqualTo(Nd4jSettings.OF_ENGINES);
  }
}
