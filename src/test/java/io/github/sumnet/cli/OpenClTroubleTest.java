package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.opencl.OpenClFacts;
import io.github.sumnet.train.Checkpoint;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices in trouble: a loader before the real one makes them what they are not. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("campaign")
class OpenClTroubleTest {
  /** More launches than the gradient check makes, fewer than it and all steps together. */
  private static final String LOST_IN_TRAINING = "6000";

  private static final int STEPS = 6_000;

  @TempDir Path folder;

  private ChildJvm jvm;

  @BeforeAll
  static void compute_on_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @BeforeEach
  void put_a_loader_before_the_real_one() throws Exception {
    assumeFalse(OpenClFacts.ofThisMachine().devices().isEmpty(), "no OpenCL device");
    Path source = Path.of(OpenClTroubleTest.class.getResource("/troubled-opencl.c").toURI());
    Path library = folder.resolve("troubled-opencl.so");
    CCompiler.makeLibrary(library, source, "-ldl");
    jvm =
        ChildJvm.ofThisBuild(folder).startedBy("env", "LD_PRELOAD=" + ChildJvm.preloading(library));
  }

  private ChildJvm.Outcome train(Map<String, String> trouble, String... more) throws Exception {
    return jvm.run(Sumnet.class, trouble, arguments("runs", more));
  }

  /** A plan, and what else is given, which may replace a part of it. */
  private String[] arguments(String out, String... more) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("--engine", "fused");
    arguments.put("--samples", "40000");
    // Not small: one launch would make several steps.
    arguments.put("--batch-size", "20000");
    arguments.put("--steps", Integer.toString(STEPS));
    arguments.put("--checkpoint-every", "100");
    arguments.put("--out", folder.resolve(out).toString());
    for (String each : more) {
      String[] parts = each.split("=", 2);
      arguments.put(parts[0], parts[1]);
    }
    return Stream.concat(
            Stream.of("train", "-q", "--json"),
            arguments.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()))
        .toArray(String[]::new);
  }

  private Path run() {
    return folder.resolve("runs/train/0001");
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce("", (before, line) -> line);
  }

  @Test
  void auto_takes_what_says_that_it_is_a_gpu() throws Exception {
    ChildJvm.Outcome outcome = train(Map.of("PRETEND_GPU", "1"), "--steps=5");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    JsonObject json = JsonParser.parseString(outcome.out()).getAsJsonObject();
    assertThat(json.get("device").getAsString()).isEqualTo("opencl");
    assertThat(json.get("bytesToDevice").getAsLong()).isBetween(1L, 10_000L);
  }

  /**
   * PoCL compiles with LLVM, whose handler of SIGSEGV would end the process with a null pointer.
   */
  @Test
  void drivers_take_no_signals_away_from_the_jvm() throws Exception {
    ChildJvm.Outcome outcome = train(Map.of("PRETEND_GPU", "1"), "--steps=5");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).doesNotContain("SIGSEGV");
  }

  /** The run does not change its device, whether that was named or chosen. */
  @ParameterizedTest
  @ValueSource(strings = {"opencl", "auto"})
  void a_device_that_is_lost_ends_the_run_and_says_how_to_go_on_on_the_cpu(String device)
      throws Exception {
    ChildJvm.Outcome outcome =
        train(
            Map.of("PRETEND_GPU", "1", "LOST_AFTER_LAUNCHES", LOST_IN_TRAINING),
            "--device=" + device);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(outcome.out()).isEmpty();
    long step = Checkpoint.read(run().resolve("checkpoints/last.zip")).position().step();
    assertThat(step).isPositive().isLessThan(STEPS);
    assertThat(lastLine(outcome.err()))
        .startsWith("sumnet: OpenCL: opencl:0 ")
        .contains("CL_OUT_OF_RESOURCES")
        .endsWith(
            "; the last checkpoint is whole, of step "
                + step
                + ": go on with 'sumnet train --resume last --device cpu --out "
                + folder.resolve("runs")
                + "'");

    ChildJvm.Outcome resumed =
        jvm.run(
            Sumnet.class,
            Map.of(),
            "train",
            "-q",
            "--json",
            "--device=cpu",
            "--resume=last",
            "--out=" + folder.resolve("runs"));
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(weights(resumed.out())).isEqualTo(weightsOfAnUndisturbedRun());
  }

  private JsonObject weightsOfAnUndisturbedRun() {
    Cli.Outcome undisturbed = Cli.launch(arguments("undisturbed", "--device=cpu"));
    return weights(undisturbed.out());
  }

  private static JsonObject weights(String json) {
    return JsonParser.parseString(json).getAsJsonObject().getAsJsonObject("weights");
  }

  @Test
  void memory_that_is_not_there_is_named() throws Exception {
    ChildJvm.Outcome outcome =
        train(
            Map.of("MOST_BYTES", "5000000"),
            "--device=opencl",
            "--batch-size=100000000",
            "--samples=100000000");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(lastLine(outcome.err()))
        .startsWith("sumnet: OpenCL: opencl:0 ")
        .contains("MiB for the blocks' sums", "CL_MEM_OBJECT_ALLOCATION_FAILURE", "batch");
  }

  @Test
  void what_the_devices_compiler_says_is_kept() throws Exception {
    ChildJvm.Outcome outcome = train(Map.of("REFUSE_KERNEL", "1"), "--device=opencl");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(lastLine(outcome.err()))
        .startsWith("sumnet: OpenCL: the compiler of opencl:0 ")
        .contains("refused the kernel", "opencl-build.log");
    assertThat(run().resolve("opencl-build.log")).content().contains("error");
  }

  @Test
  void a_device_without_doubles_says_so() throws Exception {
    ChildJvm.Outcome outcome =
        train(Map.of("PRETEND_NO_DOUBLES", "1"), "--device=opencl", "--precision=double");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(lastLine(outcome.err())).contains("double", "--precision float");
  }

  @Test
  void a_device_that_does_not_round_like_the_cpu_is_said_to() throws Exception {
    ChildJvm.Outcome outcome =
        train(Map.of("PRETEND_INEXACT_DIVISION", "1"), "--device=opencl", "--steps=5");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("warning: ", "opencl:0 ", "last bits");
  }
}
