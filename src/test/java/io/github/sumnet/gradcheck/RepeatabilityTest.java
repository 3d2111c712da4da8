package io.github.sumnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RepeatabilityTest {
  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @ParameterizedTest
  @EnumSource
  void engines_on_the_cpu_have_the_same_bits_again_at_every_number_of_threads(EngineType type)
      throws InterruptedException {
    EngineSpec spec =
        new EngineSpec(
            type, Device.CPU, Precision.DOUBLE, Topology.DEFAULT, UpdaterConfig.sgd(1), 1);
    List<Integer> threads = type == EngineType.REFERENCE ? List.of(1) : List.of(1, 2, 3, 7);
    assertThat(Repeatability.of(spec, 42)).isEqualTo(new Repeatability(3, true, threads, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "CPU, true, 0, PASS",
    "CPU, false, 0, FAIL",
    "CPU, true, 1, FAIL",
    "OPENCL, false, 0, FAIL",
    "CUDA, false, 3, PASS"
  })
  void only_nd4j_on_a_gpu_may_have_other_bits(
      Device device, boolean identical, double spread, Verdict verdict) {
    assertThat(new Repeatability(3, identical, List.of(1), spread).verdict(device))
        .isEqualTo(verdict);
  }
}
