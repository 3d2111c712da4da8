package io.github.sumnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.bench.result.Results;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.network.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchPlanTest {
  private static BenchPlan plan(
      List<Device> devices, List<Precision> precisions, List<Integer> sizes, int repetitions) {
    List<BenchEngine> engines = Results.enginesOfEveryBuild();
    return new BenchPlan(
        devices,
        DeviceRequest.AUTO,
        engines,
        precisions,
        sizes,
        List.of(2),
        2,
        false,
        repetitions,
        1,
        42);
  }

  @Test
  void all_that_compete_on_a_batch_stand_next_to_each_other_from_small_to_large() {
    List<BenchCase> cases =
        plan(List.of(Device.CPU, Device.CUDA), List.of(Precision.FLOAT), List.of(1024, 32, 32), 1)
            .cases();
    assertThat(cases).extracting(BenchCase::batchSize).isSorted().contains(32, 1024);
    assertThat(cases.subList(0, 6))
        .extracting(each -> each.engine() + " " + each.device())
        .containsExactly(
            "dl4j-fit cpu", "dl4j cpu", "fused cpu", "reference cpu", "dl4j-fit cuda", "dl4j cuda");
  }

  @Test
  void the_reference_is_measured_once_in_double_whatever_is_asked_for() {
    List<BenchCase> cases =
        plan(List.of(Device.CPU), List.of(Precision.FLOAT, Precision.DOUBLE), List.of(32), 1)
            .cases();
    assertThat(cases)
        .filteredOn(each -> each.engine() == BenchEngine.REFERENCE)
        .extracting(BenchCase::precision)
        .containsExactly(Precision.DOUBLE);
    assertThat(cases).doesNotHaveDuplicates().hasSize(7);
  }

  @Test
  void what_does_not_exist_is_left_out_and_said() {
    BenchPlan plan = plan(List.of(Device.CUDA), List.of(Precision.DOUBLE), List.of(32), 1);
    assertThat(plan.cases())
        .extracting(BenchCase::engine)
        .containsExactly(BenchEngine.DL4J_FIT, BenchEngine.DL4J);
    assertThat(plan.leftOut())
        .containsExactly("left out on cuda: fused, reference (only dl4j-fit and dl4j run there)");
  }

  @Test
  void only_the_fused_engine_is_measured_through_opencl() {
    BenchPlan plan = plan(List.of(Device.OPENCL), List.of(Precision.FLOAT), List.of(32), 1);
    assertThat(plan.cases()).extracting(BenchCase::engine).containsExactly(BenchEngine.FUSED);
    assertThat(plan.leftOut())
        .contains("left out on opencl: dl4j-fit, dl4j, reference (only fused runs there)");
  }

  @Test
  void opencl_s_device_is_unasked_or_one_of_opencl_s() {
    assertThat(plan(List.of(Device.CPU), List.of(Precision.FLOAT), List.of(32), 1).openCl())
        .isEqualTo(DeviceRequest.AUTO);
    assertThatThrownBy(() -> Results.planOf(DeviceRequest.CUDA))
        .hasMessage("OpenCL's device cannot be cuda");
  }

  @Test
  void forks_share_the_repetitions() {
    BenchPlan plan =
        new BenchPlan(
            List.of(Device.CPU),
            DeviceRequest.AUTO,
            List.of(BenchEngine.FUSED),
            List.of(Precision.FLOAT),
            List.of(32),
            List.of(2),
            1,
            false,
            10,
            3,
            1);
    assertThat(plan.repetitionsPerFork()).isEqualTo(4);
  }

  @Test
  void values_out_of_range_are_refused_by_the_name_of_their_flag() {
    List<Precision> floats = List.of(Precision.FLOAT);
    List<Device> cpu = List.of(Device.CPU);
    assertThatThrownBy(() -> plan(cpu, floats, List.of(0), 1))
        .hasMessage("--batch-sizes must be from 1 to 536870912, not 0");
    assertThatThrownBy(() -> plan(cpu, floats, List.of(32), 0))
        .hasMessage("--repetitions must be at least 1, not 0");
    assertThatThrownBy(() -> plan(List.of(), floats, List.of(32), 1))
        .hasMessage("--devices must name at least one");
  }
}
