package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class EngineSpecTest {
  @Property(tries = 100)
  void another_updater_or_number_of_threads_changes_nothing_else(
      @ForAll Precision precision,
      @ForAll @IntRange(min = 1, max = 9) int hidden,
      @ForAll UpdaterConfig.Kind kind,
      @ForAll @IntRange(min = 1, max = 64) int threads) {
    Topology topology = new Topology(hidden);
    UpdaterConfig sgd = UpdaterConfig.sgd(1);
    UpdaterConfig other = new UpdaterConfig(kind, 0.5, Schedule.parse("step:0.5:10"));
    EngineSpec spec = new EngineSpec(EngineType.FUSED, Device.CPU, precision, topology, sgd, 1);

    assertThat(spec.withUpdater(other).withThreads(threads))
        .isEqualTo(
            new EngineSpec(EngineType.FUSED, Device.CPU, precision, topology, other, threads));
  }
}
