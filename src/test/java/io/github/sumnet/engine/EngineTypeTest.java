package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTypeTest {
  @ParameterizedTest
  @CsvSource({
    "DL4J, CPU, true",
    "DL4J, CUDA, true",
    "DL4J, OPENCL, false",
    "FUSED, CPU, true",
    "FUSED, CUDA, false",
    "FUSED, OPENCL, true",
    "REFERENCE, CPU, true",
    "REFERENCE, CUDA, false",
    "REFERENCE, OPENCL, false"
  })
  void all_run_on_the_cpu_and_on_their_own_accelerator(
      EngineType type, Device device, boolean runs) {
    assertThat(type.runsOn(device)).isEqualTo(runs);
  }

  @ParameterizedTest
  @CsvSource({"DL4J, dl4j, false", "FUSED, fused, false", "REFERENCE, reference, true"})
  void is_written_as_the_command_line_has_it_and_says_what_its_trace_shows(
      EngineType type, String written, boolean tracesTrainingPass) {
    assertThat(type).hasToString(written);
    assertThat(type.tracesTrainingPass()).isEqualTo(tracesTrainingPass);
  }
}
