package io.github.sumnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.bench.BenchEnvironment.DeviceState;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.network.Precision;
import io.github.sumnet.opencl.OpenClDevice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of two repetitions a case, on a processor of two cores whose ceilings are known. */
class RowsTest {
  private static final MachineLimits LIMITS =
      new MachineLimits(2, 512, 90e9, 45e9, List.of(new MachineLimits.Reading(12_000, 1e12)));

  private static List<BenchRow> rows(int threads, DeviceState openCl) {
    BenchPlan plan =
        new BenchPlan(
            List.of(Device.CPU, Device.OPENCL),
            DeviceRequest.OPENCL,
            List.of(BenchEngine.FUSED),
            List.of(Precision.FLOAT),
            List.of(1000),
            List.of(2),
            threads,
            true,
            2,
            2,
            42);
    List<Visit> visits =
        plan.cases().stream()
            .filter(each -> openCl.problem() == null || each.device() == Device.CPU)
            .flatMap(each -> Results.visits(each, 2))
            .toList();
    return Rows.of(plan, Results.environment(openCl), visits, LIMITS);
  }

  private static DeviceState openCl(OpenClDevice.Kind kind) {
    return new DeviceState(Device.OPENCL, 0, kind, "a device", null);
  }

  @Test
  void the_processor_bounds_a_device_of_opencl_that_it_is_itself() {
    List<BenchRow> rows = rows(2, openCl(OpenClDevice.Kind.CPU));
    assertThat(rows).extracting(BenchRow::device).containsExactly(Device.CPU, Device.OPENCL);
    assertThat(rows.get(0).limit().samplesPerSecond()).isEqualTo(1e9);
    assertThat(rows.get(1).limit()).isEqualTo(rows.get(0).limit());
  }

  @Test
  void ceilings_of_fewer_threads_than_opencl_takes_do_not_bound_it() {
    List<BenchRow> rows = rows(1, openCl(OpenClDevice.Kind.CPU));
    assertThat(rows.get(0).limit()).isNotNull();
    assertThat(rows.get(1).limit()).isNull();
  }

  @Test
  void a_gpu_has_no_limit() {
    assertThat(rows(2, openCl(OpenClDevice.Kind.GPU)).get(1).limit()).isNull();
  }

  @Test
  void what_is_not_measured_has_its_reason_and_no_number() {
    BenchRow row = rows(2, new DeviceState(Device.OPENCL, "", "opencl:0 is a CPU")).get(1);
    assertThat(row.isMeasured()).isFalse();
    assertThat(row.problem()).isEqualTo("opencl:0 is a CPU");
  }

  @Test
  void the_memory_of_a_device_is_the_most_of_all_processes() {
    assertThat(rows(2, openCl(OpenClDevice.Kind.GPU)).get(1).memory().deviceBytes())
        .isEqualTo(2000L);
  }
}
