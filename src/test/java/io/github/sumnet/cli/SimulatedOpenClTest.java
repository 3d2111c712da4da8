package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real probe over a loader compiled here, whose drivers have a CPU, a fault and a GPU. Nothing
 * computes on that GPU.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SimulatedOpenClTest {
  private static final String FOR_THE_GPU = "train --engine fused --dry-run";

  @TempDir static Path libraries;
  private static Path loader;

  @TempDir Path folder;

  @BeforeAll
  static void compile() throws Exception {
    Path source =
        Path.of(SimulatedOpenClTest.class.getResource("/simulated-opencl/opencl.c").toURI());
    loader = libraries.resolve("libsimulated-opencl.so");
    CCompiler.makeLibrary(loader, source);
  }

  @Test
  void auto_takes_the_gpu_although_the_driver_before_it_fails() throws Exception {
    ChildJvm.Outcome outcome = run("", FOR_THE_GPU);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("engine   fused on opencl:1 (Simulated GPU, driver 7.1 of Simulated driver, 64 ");
    assertThat(ownLines(outcome)).noneMatch(line -> line.contains("opencl"));
  }

  @Test
  void engine_auto_takes_the_engine_that_the_gpu_is_fastest_with() throws Exception {
    ChildJvm.Outcome outcome = run("", "train --engine auto --dry-run");

    assertThat(outcome.out()).contains("engine   fused on opencl:1 (Simulated GPU, ");
    assertThat(ownLines(outcome)).contains("--engine auto takes fused, the fastest on opencl:1");
  }

  @Test
  void auto_goes_to_the_cpu_where_the_gpu_cannot_do_what_the_run_needs() throws Exception {
    assertThat(run("d", FOR_THE_GPU).out()).contains("fused on opencl:1 (");

    ChildJvm.Outcome inDouble = run("d", FOR_THE_GPU + " --precision double");
    assertThat(inDouble.out()).contains("engine   fused on cpu, ");
    assertThat(ownLines(inDouble).get(0))
        .isEqualTo(
            "training on the CPU: opencl:1 (Simulated GPU) does not compute in double (no"
                + " cl_khr_fp64) (and 1 more, see 'sumnet doctor')");
  }

  @Test
  void rounding_that_is_not_a_cpus_is_announced_in_float_alone() throws Exception {
    assertThat(ownLines(run("es", FOR_THE_GPU + " -q")))
        .contains(
            "warning: opencl:1 (Simulated GPU) does not round divisions correctly and flushes"
                + " subnormal numbers to zero in float: the last bits of results may differ from the"
                + " CPU's");
    assertThat(ownLines(run("es", FOR_THE_GPU + " -q --precision double")))
        .noneMatch(line -> line.startsWith("warning: "));
  }

  @Test
  void what_was_named_and_cannot_be_used_is_refused_with_its_reason() throws Exception {
    assertThatItIsRefused("a", "opencl:1 (Simulated GPU) is not available");
    assertThatItIsRefused("c", "opencl:1 (Simulated GPU) has no compiler for OpenCL C");
    assertThatItIsRefused("d", "opencl:1 (Simulated GPU) does not compute in double");
  }

  private void assertThatItIsRefused(String lacks, String reason) throws Exception {
    ChildJvm.Outcome outcome =
        run(lacks, "train --engine fused --precision double --device opencl:1");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(outcome.out()).isEmpty();
    assertThat(ownLines(outcome))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line).startsWith("sumnet: --device opencl:1 cannot be used: " + reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"opencl", "auto"})
  void a_gpu_that_cannot_be_opened_ends_the_command_in_one_line(String device) throws Exception {
    ChildJvm.Outcome outcome = run("", "train -q --engine fused --steps 1 --device " + device);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(ownLines(outcome))
        .containsExactly(
            "sumnet: OpenCL: opencl:1 (Simulated GPU): clCreateContext returned CL_OUT_OF_RESOURCES"
                + " (-5); 'sumnet doctor' shows the devices, --device cpu does without them");
  }

  @Test
  void check_leaves_out_the_precision_that_the_gpu_does_not_know_and_says_so() throws Exception {
    assertThat(ownLines(run("d", "check --engine fused --form short")))
        .contains("warning: opencl:1 does not compute in double: only float is checked")
        .anyMatch(line -> line.startsWith("checking fused on opencl:1 in float"))
        .noneMatch(line -> line.contains(" in double, "));
  }

  @Test
  void doctor_shows_both_devices_the_fault_and_which_one_auto_takes() throws Exception {
    JsonObject json = JsonParser.parseString(run("", "doctor --json").out()).getAsJsonObject();

    assertThat(json.get("verdict").getAsString()).startsWith("CPU and OpenCL: Simulated GPU, ");
    JsonObject openCl = json.getAsJsonObject("opencl");
    assertThat(openCl.getAsJsonArray("platforms")).hasSize(3);
    assertThat(openCl.getAsJsonArray("devices"))
        .extracting(device -> device.getAsJsonObject().get("takenByAuto").getAsBoolean())
        .containsExactly(false, true);
    assertThat(openCl.getAsJsonArray("problems"))
        .extracting(problem -> problem.getAsJsonObject().get("id").getAsString())
        .containsExactly("ProbeFailed");
  }

  private ChildJvm.Outcome run(String lacks, String arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
    if (all.get(0).equals("train")) {
      all.addAll(List.of("--out", folder.toString()));
    }
    Map<String, String> environment =
        Map.of("LD_PRELOAD", ChildJvm.preloading(loader), "SIMULATED_LACKS", lacks);
    return ChildJvm.ofThisBuild(folder).run(Sumnet.class, environment, all.toArray(String[]::new));
  }

  private static List<String> ownLines(ChildJvm.Outcome outcome) {
    return outcome.err().lines().toList();
  }
}
