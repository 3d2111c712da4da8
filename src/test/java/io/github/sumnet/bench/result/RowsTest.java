package io.github.sumnet.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchEnvironment.DeviceState;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.run.Visit;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.network.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of two repetitions a case. */
class RowsTest {
  private static List<BenchRow> rows(DeviceState openCl) {
    BenchPlan plan =
        new BenchPlan(
            List.of(Device.CPU, Device.OPENCL),
            DeviceRequest.OPENCL,
            List.of(BenchEngine.FUSED),
            List.of(Precision.FLOAT),
            List.of(1000),
            List.of(2),
            2,
            true,
            2,
            2,
            42);
    List<Visit> visits =
        plan.cases().stream()
            .filter(each -> openCl.problem() == null || each.device() == Device.CPU)
            .flatMap(each -> Results.visits(each, 2))
            .toList();
    return Rows.of(plan, Results.environment(openCl), visits);
  }

  private static DeviceState openCl(OpenClDevice.Kind kind) {
    return new DeviceState(Device.OPENCL, 0, kind, "a device", null);
  }

  @Test
  void what_is_not_measured_has_its_reason_and_no_number() {
    BenchRow row = rows(new DeviceState(Device.OPENCL, "", "opencl:0 is a CPU")).get(1);
    assertThat(row.isMeasured()).isFalse();
    assertThat(row.problem()).isEqualTo("opencl:0 is a CPU");
  }

  @Test
  void the_memory_of_a_device_is_the_most_of_all_processes() {
    assertThat(rows(openCl(OpenClDevice.Kind.GPU)).get(1).memory().deviceBytes()).isEqualTo(2000L);
  }
}
