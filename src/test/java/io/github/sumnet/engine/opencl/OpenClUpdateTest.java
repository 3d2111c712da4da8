package io.github.sumnet.engine.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Which steps one launch can make. */
class OpenClUpdateTest {
  @BeforeContainer
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  private static Dl4jModel model(Precision precision, UpdaterConfig.Kind kind) {
    UpdaterConfig updater = new UpdaterConfig(kind, 0.1, Schedule.parse("exponential:0.5"));
    return new Dl4jModel(Topology.DEFAULT, precision, updater);
  }

  @Property
  void steps_of_one_updater_go_together_whatever_their_rates(
      @ForAll Precision precision, @ForAll UpdaterConfig.Kind kind) {
    Dl4jModel model = model(precision, kind);
    OpenClUpdate first = OpenClUpdate.of(model, 0);
    model.advance(0);
    OpenClUpdate second = OpenClUpdate.of(model, 0);
    assertThat(second.rate()).isNotEqualTo(first.rate());
    assertThat(second.goesWith(first)).isTrue();
  }

  @Property
  void steps_of_different_updaters_do_not(
      @ForAll UpdaterConfig.Kind kind, @ForAll UpdaterConfig.Kind other) {
    assertThat(
            OpenClUpdate.of(model(Precision.FLOAT, kind), 0)
                .goesWith(OpenClUpdate.of(model(Precision.FLOAT, other), 0)))
        .isEqualTo(kind == other);
  }

  @Example
  void steps_of_other_constants_do_not() {
    OpenClUpdate floats = OpenClUpdate.of(model(Precision.FLOAT, UpdaterConfig.Kind.ADAM), 0);
    OpenClUpdate doubles = OpenClUpdate.of(model(Precision.DOUBLE, UpdaterConfig.Kind.ADAM), 0);
    assertThat(floats.goesWith(doubles)).isFalse();
  }

  @Example
  void a_sum_from_which_no_step_follows_is_launched_alone() {
    assertThat(OpenClUpdate.NONE.goesWith(OpenClUpdate.NONE)).isFalse();
  }
}
