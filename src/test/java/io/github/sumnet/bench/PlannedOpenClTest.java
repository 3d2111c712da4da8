package io.github.sumnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.bench.BenchEnvironment.DeviceState;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.device.OpenClMachines;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClFacts;
import org.junit.jupiter.api.Test;

class PlannedOpenClTest {
  private static final OpenClFacts CPU_ONLY = OpenClMachines.with(OpenClMachines.cpu(0));
  private static final OpenClFacts CPU_AND_GPU =
      OpenClMachines.with(OpenClMachines.cpu(0), OpenClMachines.gpu(1));

  private static DeviceState state(DeviceRequest request, OpenClFacts facts) {
    return PlannedOpenCl.state(request, facts, false);
  }

  @Test
  void unasked_a_cpu_is_not_measured_and_says_what_would_measure_it() {
    DeviceState state = state(DeviceRequest.AUTO, CPU_ONLY);
    assertThat(state.problem())
        .isEqualTo("opencl:0 (Card 0) is a CPU: --devices cpu,opencl measures it");
    assertThat(state.number()).isNull();
    assertThat(state).hasToString("not measured (" + state.problem() + ")");
  }

  @Test
  void unasked_a_gpu_is_measured() {
    DeviceState state = state(DeviceRequest.AUTO, CPU_AND_GPU);
    assertThat(state.problem()).isNull();
    assertThat(state.device()).isEqualTo(Device.OPENCL);
    assertThat(state.number()).isOne();
    assertThat(state.kind()).isEqualTo(OpenClDevice.Kind.GPU);
    assertThat(state.toString()).startsWith("opencl:1 (GPU): Card 1, driver 550.1 of Some Vendor");
  }

  @Test
  void named_it_is_the_device_that_the_other_commands_take() {
    assertThat(state(DeviceRequest.OPENCL, CPU_ONLY).kind()).isEqualTo(OpenClDevice.Kind.CPU);
    assertThat(state(DeviceRequest.OPENCL, CPU_AND_GPU).number()).isOne();
    assertThat(state(DeviceRequest.openCl(0), CPU_AND_GPU).number()).isZero();
  }

  @Test
  void one_that_is_not_there_says_so() {
    assertThat(state(DeviceRequest.openCl(7), CPU_AND_GPU).problem())
        .startsWith("there is no opencl:7, only opencl:0 (CPU: Card 0)");
    assertThat(state(DeviceRequest.AUTO, OpenClMachines.withoutLoader()).problem())
        .startsWith("no OpenCL loader was found");
    assertThat(state(DeviceRequest.OPENCL, OpenClMachines.withoutLoader()).problem())
        .startsWith("no OpenCL loader was found");
  }
}
