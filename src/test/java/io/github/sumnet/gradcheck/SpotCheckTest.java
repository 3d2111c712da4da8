package io.github.sumnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.XavierInit;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpotCheckTest {
  private static final Topology TOPOLOGY = new Topology(3);

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void an_engine_that_is_right_passes_wherever_its_weights_have_come_to(Precision precision)
      throws InterruptedException {
    try (Engine engine = engine(precision);
        SpotCheck spots = new SpotCheck(engine)) {
      for (int step = 0; step < 20; step++) {
        Batch batch = batch(precision, step);
        Weights before = engine.model().weights();
        spots.check(step, batch);
        assertThat(engine.model().weights()).isEqualTo(before);
        engine.step(ChunkQueue.of(List.of(batch)), 1, 0, false);
      }
      assertThat(spots.checks()).isEqualTo(20);
      assertThat(spots.worstErrorOverBound()).isBetween(0.01, 1.0);
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void an_error_of_a_ten_thousandth_in_one_derivative_or_the_loss_is_found(Precision precision)
      throws InterruptedException {
    try (Engine engine = engine(precision);
        SpotCheck gradient =
            new SpotCheck(
                engine,
                batch -> {
                  LossAndGradient right = engine.lossAndGradient(ChunkQueue.of(List.of(batch)), 1);
                  double[] wrong = right.gradient().toArray();
                  wrong[4] *= 1.0001;
                  return new LossAndGradient(right.loss(), Weights.of(TOPOLOGY, wrong));
                });
        SpotCheck loss =
            new SpotCheck(
                engine,
                batch -> {
                  LossAndGradient right = engine.lossAndGradient(ChunkQueue.of(List.of(batch)), 1);
                  return new LossAndGradient(right.loss() * 1.0001, right.gradient());
                })) {
      Batch batch = batch(precision, 1);
      assertThatThrownBy(() -> gradient.check(17, batch))
          .isInstanceOf(SpotCheckException.class)
          .hasMessageContaining("after step 17 the mean gradient of engine fused is ")
          .hasMessageContaining("(w22)");
      assertThatThrownBy(() -> loss.check(17, batch))
          .isInstanceOf(SpotCheckException.class)
          .hasMessageContaining("the loss of engine fused is ");
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void gradients_at_a_floor_of_the_exponential_are_not_the_worst(Precision precision)
      throws InterruptedException {
    double[] saturating = {1e9, 1e9, 1e9, 1e9, 1e9, 1e9, 1, 1, 1};
    EngineSpec spec =
        new EngineSpec(EngineType.FUSED, Device.CPU, precision, TOPOLOGY, UpdaterConfig.sgd(3), 1);
    try (Engine engine = Engine.create(spec, Weights.of(TOPOLOGY, saturating));
        SpotCheck spots = new SpotCheck(engine)) {
      spots.check(1, batch(precision, 1));
      assertThat(spots.worstErrorOverBound()).isBetween(0.01, 0.95);
    }
  }

  @Test
  void the_wider_the_network_the_fewer_samples_are_looked_at_but_never_one_alone() {
    assertThat(SpotCheck.samples(Topology.DEFAULT)).isEqualTo(32);
    assertThat(SpotCheck.samples(new Topology(199))).isEqualTo(10);
    assertThat(SpotCheck.samples(new Topology(4096))).isEqualTo(2);
  }

  private static Engine engine(Precision precision) {
    return Engine.create(
        new EngineSpec(EngineType.FUSED, Device.CPU, precision, TOPOLOGY, UpdaterConfig.sgd(3), 1),
        XavierInit.weights(TOPOLOGY, 2));
  }

  private static Batch batch(Precision precision, int place) {
    Batch batch = Batch.allocate(precision, SpotCheck.samples(TOPOLOGY));
    new SyntheticBatches(4, InputRange.DEFAULT, 10_000)
        .read((long) place * SpotCheck.samples(TOPOLOGY), SpotCheck.samples(TOPOLOGY), batch);
    return batch;
  }
}
