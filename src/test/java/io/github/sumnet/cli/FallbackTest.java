package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.github.sumnet.device.cuda.CudaFacts;
import io.github.sumnet.device.cuda.CudaProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What really happens on machines without a usable GPU, each time in a JVM of its own. */
class FallbackTest {
  private static final String PRODUCT = "[[7.0, 10.0], [15.0, 22.0]]";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Nested
  class A_build_without_cuda {
    @Test
    void computes_on_the_cpu_and_says_why() throws Exception {
      assertThatAutoComputesOnTheCpu(
          ChildJvm.withoutCuda(folder), Map.of(), "this build has no CUDA backend");
    }

    @Test
    void refuses_cuda_soon() throws Exception {
      assertThatCudaIsRefused(
          ChildJvm.withoutCuda(folder), Map.of(), "this build has no CUDA backend");
    }

    @Test
    void refuses_an_environment_that_would_break_nd4j() throws Exception {
      ChildJvm.Outcome outcome =
          ChildJvm.withoutCuda(folder)
              .run(
                  SelectAndMultiply.class,
                  Map.of("BACKEND_PRIORITY_GPU", "high"),
                  "multiply",
                  "--device=auto");

      assertThat(outcome.exitCode()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
      assertThat(outcome.err()).contains("BACKEND_PRIORITY_GPU is 'high'").hasLineCount(1);
    }
  }

  @Nested
  @Tag("cuda-jars")
  class A_build_with_cuda_without_a_driver {
    private final Map<String, String> environment = withoutAnyDriver();

    @Test
    void computes_on_the_cpu_and_says_why() throws Exception {
      assertThatAutoComputesOnTheCpu(
          ChildJvm.ofThisBuild(folder), environment, "no NVIDIA driver was found");
    }

    @Test
    void computes_on_the_cpu_whatever_priorities_the_environment_gives() throws Exception {
      Map<String, String> turned = new HashMap<>(environment);
      turned.put("BACKEND_PRIORITY_CPU", "-1");
      turned.put("BACKEND_PRIORITY_GPU", "1000");

      assertThatAutoComputesOnTheCpu(
          ChildJvm.ofThisBuild(folder), turned, "no NVIDIA driver was found");
    }

    @Test
    void refuses_cuda_soon() throws Exception {
      assertThatCudaIsRefused(
          ChildJvm.ofThisBuild(folder), environment, "no NVIDIA driver was found");
    }

    @Test
    void doctor_reports_driver_and_libraries() throws Exception {
      assertThat(problemsSeenByDoctor(environment)).containsExactly("NoDriver", "ToolkitMissing");
    }
  }

  @Nested
  @Tag("cuda-jars")
  class A_build_with_cuda_and_something_that_calls_itself_libcuda {
    @Test
    void computes_on_the_cpu_and_says_why() throws Exception {
      assertThatAutoComputesOnTheCpu(
          ChildJvm.ofThisBuild(folder),
          withLibraries("libcuda.so.1"),
          "CUDA 11.6's libraries are missing: libcudart.so.11.0");
    }

    @Test
    void refuses_cuda_soon() throws Exception {
      assertThatCudaIsRefused(
          ChildJvm.ofThisBuild(folder),
          withLibraries("libcuda.so.1"),
          "CUDA 11.6's libraries are missing: libcudart.so.11.0");
    }

    @Test
    void doctor_reports_the_libraries() throws Exception {
      assertThat(problemsSeenByDoctor(withLibraries("libcuda.so.1")))
          .containsExactly("ToolkitMissing");
    }
  }

  /** The real classes and native glue of org.bytedeco.cuda over a CUDA runtime compiled here. */
  @Nested
  @Tag("cuda-jars")
  class A_build_with_cuda_and_a_simulated_runtime {
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
      "SIMULATED_CODE, 35, DriverTooOld",
      "SIMULATED_CODE, 100, NoDevice",
      "SIMULATED_CODE, 999, RuntimeFailed",
      "SIMULATED_MAJOR, 9, UnsupportedDevice",
      "SIMULATED_MAJOR, 12, UnsupportedDevice"
    })
    void doctor_reports_what_the_runtime_says(String name, String value, String problem)
        throws Exception {
      assertThat(problemsSeenByDoctor(simulated(name, value))).containsExactly(problem);
    }

    @Test
    void doctor_finds_nothing_wrong_with_a_supported_gpu() throws Exception {
      assertThat(problemsSeenByDoctor(simulated("SIMULATED_MAJOR", "8"))).isEmpty();
    }

    @Test
    void a_library_of_the_right_name_and_the_wrong_content_is_found_out() throws Exception {
      Map<String, String> environment = simulated("SIMULATED_MAJOR", "8");
      compile(folder.resolve("hollow.c"), "libcublas.so.11", "libcublas.so.12");

      assertThatAutoComputesOnTheCpu(
          ChildJvm.ofThisBuild(folder),
          environment,
          "cuBLAS of CUDA 11.6 cannot be loaded: libcublas.so.11");
    }

    @Test
    void computes_on_the_cpu_beside_a_gpu_that_nd4j_cannot_use() throws Exception {
      assertThatAutoComputesOnTheCpu(
          ChildJvm.ofThisBuild(folder),
          simulated("SIMULATED_MAJOR", "9"),
          "hold no code for Simulated GPU (GPU 0, compute capability 9.0)");
    }

    @Test
    void names_the_one_library_that_is_missing() throws Exception {
      Map<String, String> environment = simulated("SIMULATED_MAJOR", "8");
      Files.delete(folder.resolve("libcusolver.so.11"));

      assertThatCudaIsRefused(
          ChildJvm.ofThisBuild(folder),
          environment,
          "cuSolver of CUDA 11.6 cannot be loaded: libcusolver.so.11");
    }
  }

  /** Skips where a driver would be found. */
  private static Map<String, String> withoutAnyDriver() {
    CudaFacts here = new CudaProbe().facts();
    assumeTrue(here.natives(), "the build has no CUDA jars: run it with -Pcuda");
    assumeFalse(here.driver().library().isThere(), "this machine has an NVIDIA driver");
    return Map.of();
  }

  /** A folder on the linker's path where any shared library goes by these names. */
  private Map<String, String> withLibraries(String... names) throws IOException {
    withoutAnyDriver();
    for (String name : names) {
      Files.copy(anySharedLibrary(), folder.resolve(name));
    }
    return Map.of("LD_LIBRARY_PATH", folder.toString());
  }

  /** A folder with a CUDA runtime that says what the variable tells it, and hollow libraries. */
  private Map<String, String> simulated(String name, String value) throws Exception {
    Map<String, String> environment = new HashMap<>(withLibraries("libcuda.so.1"));
    environment.put(name, value);
    Path runtime = Path.of(FallbackTest.class.getResource("/simulated-cuda/cudart.c").toURI());
    Path hollow = Files.writeString(folder.resolve("hollow.c"), "int hollow;");
    compile(runtime, "libcudart.so.11.0", "libcudart.so.11.0");
    compile(hollow, "libcublasLt.so.11", "libcublasLt.so.11");
    compile(hollow, "libcublas.so.11", "libcublas.so.11");
    compile(hollow, "libcusolver.so.11", "libcusolver.so.11");
    return environment;
  }

  /** Compiles a library that calls itself, and the version of its symbols, as NVIDIA's do. */
  private void compile(Path source, String library, String itself) throws Exception {
    Path versions = Files.writeString(folder.resolve("map"), itself + " { global: *; };");
    CCompiler.makeLibrary(
        folder.resolve(library), source, "-Wl,-soname," + itself + ",--version-script=" + versions);
  }

  /** The JDK's own libzip.so does: it is a shared library and no driver. */
  private static Path anySharedLibrary() {
    return Path.of(System.getProperty("java.home"), "lib", "libzip.so");
  }

  private static void assertThatAutoComputesOnTheCpu(
      ChildJvm jvm, Map<String, String> environment, String reason) throws Exception {
    ChildJvm.Outcome outcome =
        jvm.run(SelectAndMultiply.class, environment, "multiply", "--device=auto");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .startsWith("cpu|")
        .contains(reason)
        .contains("|CpuBackend|" + PRODUCT)
        .hasLineCount(1);
    assertThatTrainingFallsBack(jvm, environment, reason);
  }

  private static void assertThatTrainingFallsBack(
      ChildJvm jvm, Map<String, String> environment, String reason) throws Exception {
    ChildJvm.Outcome outcome =
        jvm.run(
            Sumnet.class,
            environment,
            "train",
            "--json",
            "--epochs=1",
            "--samples=4096",
            "--batch-size=1024",
            "--out=" + jvm.folder());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .startsWith("training on the CPU: ")
        .contains(reason, "gradient check: pass")
        .doesNotContain("Exception", "WARN");
    assertThat(JsonParser.parseString(outcome.out()).getAsJsonObject().get("device").getAsString())
        .isEqualTo("cpu");
  }

  private static void assertThatCudaIsRefused(
      ChildJvm jvm, Map<String, String> environment, String reason) throws Exception {
    ChildJvm.Outcome outcome = jvm.run(Sumnet.class, environment, "train", "--device=cuda");

    assertThat(outcome.err()).contains(reason).hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.took()).isLessThan(SOON);
  }

  private List<String> problemsSeenByDoctor(Map<String, String> environment) throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.ofThisBuild(folder).run(Sumnet.class, environment, "doctor", "--json");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    JsonArray problems =
        JsonParser.parseString(outcome.out()).getAsJsonObject().getAsJsonArray("problems");
    Stream<JsonElement> ids =
        problems.asList().stream().map(problem -> problem.getAsJsonObject().get("id"));
    return ids.map(JsonElement::getAsString).toList();
  }
}
