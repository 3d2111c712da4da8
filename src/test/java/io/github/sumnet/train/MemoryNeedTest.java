package io.github.sumnet.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.Slicing;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.network.Precision;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
  /** Three columns of float. */
  private static final double CHUNK = 1 << 20;

  @Test
  void on_an_opencl_device_one_chunk_is_in_the_heap_and_on_the_cpu_one_for_each_thread_and_two() {
    assertThat(need(Device.OPENCL, 1)).isEqualTo(new MemoryNeed(12 * CHUNK, 0));
    assertThat(need(Device.CPU, 3)).isEqualTo(new MemoryNeed(5 * 12 * CHUNK, 0));
  }

  private static MemoryNeed need(Device device, int threads) {
    int all = 1 << 20;
    TrainingPlan plan =
        Trained.plan(
            Precision.FLOAT, new Slicing(all, all, all), Trained.ADAM, new StopRule(1, 0, 0, 0));
    return MemoryNeed.of(
        plan,
        new EngineSpec(
            EngineType.FUSED, device, plan.precision(), plan.topology(), plan.updater(), threads));
  }
}
