package io.github.sumnet.device;

import static io.github.sumnet.device.cuda.CudaLibrary.CUBLAS;
import static io.github.sumnet.device.cuda.CudaLibrary.CUBLAS_LT;
import static io.github.sumnet.device.cuda.CudaLibrary.CUSOLVER;
import static io.github.sumnet.device.cuda.CudaLibrary.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.device.cuda.CudaDriver;
import io.github.sumnet.device.cuda.CudaFacts;
import io.github.sumnet.device.cuda.CudaLibrary;
import io.github.sumnet.device.cuda.Facts;
import io.github.sumnet.device.cuda.LibraryState;
import io.github.sumnet.device.opencl.OpenClFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceSelectionTest {
  private static final String BUILD = "SUMNET_MAVEN_ARGS=-Pcuda scripts/sumnet";
  private static final String REDIST = "SUMNET_MAVEN_ARGS=-Pcuda,cuda-redist scripts/sumnet";

  /** Facts, words of the reason, words of the fix. */
  static Stream<Arguments> machines_that_cannot_use_cuda() {
    return Stream.of(
        row("a build without CUDA", build("linux-x86_64"), "build has no CUDA backend", BUILD),
        row("the same beside a driver", buildBesideDriver(), "driver 535.104.05 is here", BUILD),
        row("a platform without binaries", build("linux-arm64"), "for linux-arm64", "the CPU"),
        row("classes without binaries", Facts.withoutNatives(), "not their binaries", BUILD),
        row("no driver", noDriver(), "no NVIDIA driver was found", "Install NVIDIA's driver"),
        row("a container without libcuda", container(), "kernel has NVIDIA driver 550", "--gpus"),
        row("no CUDA 11.6", without(CudaLibrary.values()), "missing: libcudart.so.11.0", REDIST),
        row("no CUDA runtime", without(RUNTIME), "missing: libcudart.so.11.0", REDIST),
        row("no cuBLAS", without(CUBLAS), "cuBLAS of CUDA 11.6 cannot be loaded", REDIST),
        row("no cuBLASLt", without(CUBLAS_LT), "libcublasLt.so.11", REDIST),
        row("no cuSolver", without(CUSOLVER), "loaded: libcusolver.so.11", REDIST),
        row("an old driver", oldDriver(), "(418.226.00) is too old", "release 450 or newer"),
        row("code 35", answer(35), "is too old for CUDA 11.6", "release 450 or newer"),
        row("code 100", answer(100), "sees no GPU", "nvidia-smi"),
        row("success and no GPU", Facts.working(), "sees no GPU", "CUDA_VISIBLE_DEVICES"),
        row("another code", answer(999), "error 999 (cudaErrorUnknown)", "nvidia-smi"),
        row("Kepler 3.5", gpu(3, 5), "hold no code for Card 0", "3.7 and 5.0 to 8.9"),
        row("Hopper 9.0", gpu(9, 0), "compute capability 9.0", "--device cpu"),
        row("Blackwell 10.0", gpu(10, 0), "compute capability 10.0", "--device cpu"),
        row("Blackwell 12.0", gpu(12, 0), "compute capability 12.0", "--device cpu"),
        row("a good and a bad GPU", mixed(), "hold no code for Card 1", "CUDA_VISIBLE_DEVICES"),
        row("a probe that broke", broken(), "NoClassDefFoundError", "doctor --markdown"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("machines_that_cannot_use_cuda")
  void auto_falls_back_to_the_cpu_and_says_why_in_one_line(
      String machine, CudaFacts facts, String reason, String fix) {
    DeviceSelection selection = DeviceSelection.of(DeviceRequest.AUTO, facts);

    assertThat(selection.device()).isEqualTo(Device.CPU);
    assertThat(selection.fellBack()).isTrue();
    assertThat(selection.reason()).contains(reason).hasLineCount(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("machines_that_cannot_use_cuda")
  void cuda_never_falls_back_and_says_what_to_do(
      String machine, CudaFacts facts, String reason, String fix) {
    assertThatThrownBy(() -> DeviceSelection.of(DeviceRequest.CUDA, facts))
        .isInstanceOf(DeviceUnavailableException.class)
        .hasMessageStartingWith("--device cuda cannot be used: ")
        .hasMessageContaining(reason)
        .hasMessageContaining(fix);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("machines_that_cannot_use_cuda")
  void the_cpu_is_never_refused(String machine, CudaFacts facts, String reason, String fix) {
    assertThat(DeviceSelection.of(DeviceRequest.CPU, facts))
        .isEqualTo(new DeviceSelection(Device.CPU, "asked for", false));
  }

  @Test
  void auto_and_cuda_take_a_gpu_that_works() {
    DeviceSelection cuda =
        new DeviceSelection(Device.CUDA, "Card 0, compute capability 8.6, 24.0 GiB", false);

    assertThat(DeviceSelection.of(DeviceRequest.AUTO, gpu(8, 6))).isEqualTo(cuda);
    assertThat(DeviceSelection.of(DeviceRequest.CUDA, gpu(8, 6))).isEqualTo(cuda);
  }

  @Test
  void the_cpu_stays_the_cpu_where_a_gpu_works() {
    assertThat(DeviceSelection.of(DeviceRequest.CPU, gpu(8, 6)).device()).isEqualTo(Device.CPU);
  }

  @Test
  void asking_for_the_cpu_does_not_look_for_cuda() {
    assertThat(
            DeviceSelection.onThisMachine(DeviceRequest.CPU, Optional.of(Device.CUDA), true)
                .device())
        .isEqualTo(Device.CPU);
  }

  @Test
  void libraries_in_a_jar_of_the_build_count_as_there() {
    Map<CudaLibrary, LibraryState> packaged =
        Map.of(
            RUNTIME, LibraryState.PACKAGED,
            CUBLAS_LT, LibraryState.PACKAGED,
            CUBLAS, LibraryState.PACKAGED,
            CUSOLVER, LibraryState.PACKAGED);
    CudaFacts facts = Facts.with(packaged, gpu(7, 5).answer().orElseThrow());

    assertThat(DeviceSelection.of(DeviceRequest.AUTO, facts).device()).isEqualTo(Device.CUDA);
  }

  @Test
  void several_problems_are_counted_in_the_reason() {
    CudaFacts facts = Facts.withoutDriver(Optional.empty(), Facts.missing(CudaLibrary.values()));

    assertThat(DeviceSelection.of(DeviceRequest.AUTO, facts).reason())
        .isEqualTo(
            "no NVIDIA driver was found (libcuda.so.1 cannot be loaded)"
                + " (and 1 more, see 'sumnet doctor')");
  }

  @Test
  void where_cuda_cannot_use_a_gpu_the_engine_that_can_is_named() {
    OpenClFacts openCl = OpenClMachines.with(OpenClMachines.cpu(0), OpenClMachines.gpu(1));
    String wayOn = "(GPU 0, compute capability 9.0); --engine fused can use opencl:1 (Card 1)";

    DeviceSelection auto = DeviceSelection.of(DeviceRequest.AUTO, gpu(9, 0), () -> openCl, true);
    assertThat(auto.device()).isEqualTo(Device.CPU);
    assertThat(auto.reason()).endsWith(wayOn).hasLineCount(1);
    assertThatThrownBy(() -> DeviceSelection.of(DeviceRequest.CUDA, gpu(9, 0), () -> openCl, true))
        .hasMessageContaining(wayOn + ". Use a card ");
  }

  @Test
  void opencl_is_not_looked_at_where_cuda_works_or_there_is_no_driver() {
    for (CudaFacts facts : List.of(gpu(8, 6), noDriver())) {
      assertThat(
              DeviceSelection.of(
                  DeviceRequest.AUTO,
                  facts,
                  () -> {
                    throw new AssertionError("OpenCL was looked at");
                  },
                  false))
          .isEqualTo(DeviceSelection.of(DeviceRequest.AUTO, facts));
    }
  }

  private static Arguments row(String machine, CudaFacts facts, String reason, String fix) {
    return Arguments.of(machine, facts, reason, fix);
  }

  private static CudaFacts build(String platform) {
    return Facts.cpuBuild(platform, Optional.empty());
  }

  private static CudaFacts buildBesideDriver() {
    return Facts.cpuBuild("windows-x86_64", Optional.of("535.104.05"));
  }

  private static CudaFacts noDriver() {
    return Facts.withoutDriver(Optional.empty(), Facts.allLibraries());
  }

  private static CudaFacts container() {
    return Facts.withoutDriver(Optional.of("550.54.14"), Facts.allLibraries());
  }

  private static CudaFacts without(CudaLibrary... libraries) {
    boolean asked = !Facts.missing(libraries).get(RUNTIME).isMissing();
    return Facts.with(Facts.missing(libraries), asked ? gpu(8, 6).answer().orElseThrow() : null);
  }

  private static CudaFacts oldDriver() {
    CudaDriver driver = Facts.driver("418.226.00");
    return Facts.facts(Facts.LINUX, true, true, driver, Facts.missing(RUNTIME), Optional.empty());
  }

  private static CudaFacts answer(int code) {
    return Facts.answering(code, "cudaErrorUnknown");
  }

  private static CudaFacts gpu(int major, int minor) {
    return Facts.working(Facts.gpu(0, major, minor));
  }

  private static CudaFacts mixed() {
    return Facts.working(Facts.gpu(0, 8, 0), Facts.gpu(1, 9, 0));
  }

  private static CudaFacts broken() {
    return new CudaFacts(
        Facts.LINUX,
        true,
        true,
        Facts.driver("535.104.05"),
        Facts.allLibraries(),
        Optional.empty(),
        Optional.of("java.lang.NoClassDefFoundError: org/bytedeco/cuda/global/cudart"));
  }
}
