package io.github.sumnet.device;

import static io.github.sumnet.device.OpenClMachines.broken;
import static io.github.sumnet.device.OpenClMachines.cpu;
import static io.github.sumnet.device.OpenClMachines.device;
import static io.github.sumnet.device.OpenClMachines.gpu;
import static io.github.sumnet.device.OpenClMachines.smallGpu;
import static io.github.sumnet.device.OpenClMachines.with;
import static io.github.sumnet.device.OpenClMachines.withoutLoader;
import static io.github.sumnet.device.OpenClMachines.withoutPlatform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClDevice.Kind;
import io.github.sumnet.device.opencl.OpenClFacts;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The choice among OpenCL's devices, from made-up facts. */
class OpenClSelectionTest {

  /** Facts, whether in double, the request, words of the reason, words of the fix. */
  static Stream<Arguments> machines_that_cannot_do_what_was_asked_for() {
    return Stream.of(
        row("no loader", withoutLoader(), "opencl", "libOpenCL.so.1", "comes with sumnet"),
        row("no driver", withoutPlatform(), "opencl", "finds no driver", "OCL_ICD_VENDORS"),
        row("the same with a number", withoutPlatform(), "opencl:1", "no driver", "pocl-opencl"),
        row("no device", with(), "opencl", "sees a device (Some Vendor", "render and video"),
        row("no device 2", with(gpu(0), cpu(1)), "opencl:2", "(GPU: Card 0), opencl:1", "doctor"),
        row("not available", with(gpuThat(false, true)), "opencl", "not available", "cpu"),
        row("no compiler", with(gpuThat(true, false)), "opencl:0", "no compiler", "Some Vendor"),
        row("no double", with(smallGpu(0)), "opencl:0", "in double (no cl_khr_fp64)", "float"),
        row("a broken probe", broken(), "opencl", "CL_OUT_OF_HOST_MEMORY", "clinfo"),
        row("the same with a number", broken(cpu(0)), "opencl:1", "CL_OUT_OF", "clinfo"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("machines_that_cannot_do_what_was_asked_for")
  void what_was_named_never_falls_back_and_one_line_says_what_to_do(
      String machine, OpenClFacts facts, String request, String reason, String fix) {
    assertThatThrownBy(() -> DeviceSelection.of(DeviceRequest.parse(request), facts, true))
        .isInstanceOf(DeviceUnavailableException.class)
        .hasMessageStartingWith("--device " + request + " cannot be used: ")
        .hasMessageContaining(reason)
        .hasMessageContaining(fix)
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("machines_that_cannot_do_what_was_asked_for")
  void the_cpu_is_never_refused(
      String machine, OpenClFacts facts, String request, String reason, String fix) {
    assertThat(DeviceSelection.of(DeviceRequest.CPU, facts, true))
        .isEqualTo(new DeviceSelection(Device.CPU, "asked for", false));
  }

  @Test
  void auto_takes_the_first_gpu_that_can_do_it_and_says_what_it_is() {
    OpenClFacts facts = with(cpu(0), smallGpu(1), gpu(2), gpu(3));

    assertThat(auto(facts, false).number()).isEqualTo(1);
    assertThat(auto(facts, true))
        .isEqualTo(
            new DeviceSelection(
                Device.OPENCL,
                Optional.of(gpu(2)),
                "Card 2, driver 550.1 of Some Vendor, 60 compute units, 24.0 GiB",
                false));
  }

  @Test
  void auto_takes_no_other_kind_of_device_and_says_how_to_name_it() {
    OpenClFacts facts = with(cpu(0), device(1, Kind.ACCELERATOR, true, true, true));

    assertThat(auto(facts, false))
        .isEqualTo(
            new DeviceSelection(
                Device.CPU,
                "no OpenCL device is a GPU, only opencl:0 (CPU: Card 0), opencl:1 (ACCELERATOR:"
                    + " Card 1)",
                true));
    assertThat(OpenClProblems.ofAuto(facts, false))
        .singleElement()
        .satisfies(
            p ->
                assertThat(p.fix())
                    .contains("; opencl:0 computes when it is named: --device opencl:0"));
  }

  @Test
  void a_device_that_cannot_be_used_is_not_recommended() {
    OpenClDevice off = device(0, Kind.CPU, false, true, true);

    assertThat(OpenClProblems.in(with(off)))
        .extracting(DeviceProblem::id)
        .containsExactly("NotAvailable", "NoGpu");
    assertThat(OpenClProblems.in(with(off)).get(1).fix()).doesNotContain("--device");
    assertThat(OpenClProblems.in(with(off, cpu(1))).get(1).fix()).contains("--device opencl:1");
  }

  @Test
  void what_is_wrong_with_one_gpu_is_known_although_another_is_taken() {
    assertThat(OpenClProblems.in(with(gpu(0), device(1, Kind.GPU, true, false, true))))
        .extracting(DeviceProblem::id)
        .containsExactly("NoCompiler");
    assertThat(OpenClProblems.in(with(gpu(0), cpu(1)))).isEmpty();
  }

  @Test
  void auto_counts_what_keeps_it_from_a_gpu() {
    assertThat(auto(with(gpuThat(false, true), smallGpu(1)), true).reason())
        .isEqualTo(
            "opencl:0 (Card 0) is not available, says its driver (and 1 more, see 'sumnet doctor')");
  }

  @Test
  void a_driver_that_fails_does_not_hide_the_devices_of_others() {
    assertThat(auto(broken(gpu(0)), true).number()).isZero();
    assertThat(auto(broken(gpu(0)), true).device()).isEqualTo(Device.OPENCL);
    assertThat(named(DeviceRequest.OPENCL, broken(cpu(0)), true).number()).isZero();
  }

  @Test
  void without_a_number_the_first_gpu_is_taken_and_else_device_0_whatever_it_is() {
    assertThat(named(DeviceRequest.OPENCL, with(cpu(0), gpu(1)), true).number()).isEqualTo(1);
    assertThat(named(DeviceRequest.OPENCL, with(cpu(0), cpu(1)), true).number()).isZero();
    assertThatThrownBy(() -> named(DeviceRequest.OPENCL, with(cpu(0), smallGpu(1)), true))
        .hasMessageContaining("opencl:1 (Card 1) does not compute in double");
  }

  @Test
  void rounding_that_is_not_a_cpus_is_announced_with_its_reason() {
    assertThat(auto(with(gpu(0)), false).roundingNotice()).isEmpty();
    assertThat(auto(with(gpu(0, false, false)), false).roundingNotice())
        .hasValue(
            "opencl:0 (Card 0) does not round divisions correctly and flushes subnormal numbers to"
                + " zero in float: the last bits of results may differ from the CPU's");
    assertThat(auto(with(gpu(0, true, false)), false).roundingNotice().orElseThrow())
        .contains(") flushes subnormal")
        .doesNotContain("division");
    assertThat(auto(with(gpu(0, false, true)), false).roundingNotice().orElseThrow())
        .contains(") does not round divisions correctly in float")
        .doesNotContain("subnormal");
  }

  @Property
  void auto_always_decides_and_takes_a_gpu_exactly_where_one_can_do_it(
      @ForAll("facts") OpenClFacts facts, @ForAll boolean inDouble) {
    DeviceSelection selection = auto(facts, inDouble);

    boolean can = facts.devices().stream().anyMatch(d -> isGpu(d) && canDoIt(d, inDouble));
    assertThat(selection.device()).isEqualTo(can ? Device.OPENCL : Device.CPU);
    assertThat(selection.fellBack()).isEqualTo(!can);
    assertThat(selection.reason()).isNotBlank().hasLineCount(1);
    assertThat(OpenClProblems.ofAuto(facts, inDouble).isEmpty()).isEqualTo(can);
    assertThat(selection.openCl().stream()).allMatch(d -> isGpu(d) && canDoIt(d, inDouble));
  }

  @Property
  void a_device_is_taken_by_its_number_exactly_where_it_can_do_it(
      @ForAll("facts") OpenClFacts facts,
      @ForAll @IntRange(max = 4) int number,
      @ForAll boolean inDouble) {
    DeviceRequest request = DeviceRequest.openCl(number);
    boolean can = number < facts.devices().size() && canDoIt(facts.devices().get(number), inDouble);

    if (can) {
      assertThat(named(request, facts, inDouble).openCl()).hasValue(facts.devices().get(number));
    } else {
      assertThatThrownBy(() -> named(request, facts, inDouble))
          .isInstanceOf(DeviceUnavailableException.class)
          .message()
          .hasLineCount(1);
    }
  }

  @Property
  void every_problem_has_one_line_of_what_and_one_of_what_to_do(
      @ForAll("facts") OpenClFacts facts, @ForAll boolean inDouble) {
    assertThat(OpenClProblems.ofAuto(facts, inDouble))
        .allSatisfy(
            problem -> {
              assertThat(problem.summary()).isNotBlank().hasLineCount(1).doesNotEndWith(".");
              assertThat(problem.fix()).isNotBlank().hasLineCount(1);
            });
  }

  @Provide
  Arbitrary<OpenClFacts> facts() {
    Arbitrary<Boolean> mostly = Arbitraries.of(true, true, true, false);
    return Combinators.combine(
            mostly,
            Combinators.combine(
                    Arbitraries.of(Kind.class), mostly, mostly, Arbitraries.of(true, false))
                .as((kind, there, compiler, doubles) -> device(0, kind, there, compiler, doubles))
                .list()
                .ofMaxSize(4),
            mostly)
        .as(OpenClSelectionTest::machine);
  }

  private static OpenClFacts machine(boolean loader, List<OpenClDevice> kinds, boolean works) {
    if (!loader) {
      return withoutLoader();
    }
    OpenClDevice[] devices =
        IntStream.range(0, kinds.size())
            .mapToObj(number -> numbered(number, kinds.get(number)))
            .toArray(OpenClDevice[]::new);
    return works ? with(devices) : broken(devices);
  }

  private static OpenClDevice numbered(int number, OpenClDevice like) {
    return device(number, like.kind(), like.available(), like.compiler(), like.doubles());
  }

  private static boolean isGpu(OpenClDevice device) {
    return device.kind() == Kind.GPU;
  }

  private static boolean canDoIt(OpenClDevice device, boolean inDouble) {
    return device.usable() && (device.doubles() || !inDouble);
  }

  private static OpenClDevice gpuThat(boolean available, boolean compiler) {
    return device(0, Kind.GPU, available, compiler, true);
  }

  private static DeviceSelection auto(OpenClFacts facts, boolean inDouble) {
    return DeviceSelection.of(DeviceRequest.AUTO, facts, inDouble);
  }

  private static DeviceSelection named(DeviceRequest request, OpenClFacts facts, boolean inDouble) {
    return DeviceSelection.of(request, facts, inDouble);
  }

  private static Arguments row(
      String machine, OpenClFacts facts, String request, String reason, String fix) {
    return Arguments.of(machine, facts, request, reason, fix);
  }
}
