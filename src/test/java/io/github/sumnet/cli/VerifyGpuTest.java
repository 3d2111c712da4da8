package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code scripts/verify-gpu} beside a {@code sumnet} that is the real one where there is no GPU,
 * and elsewhere answers as a GPU might.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(180)
class VerifyGpuTest {
  private record Outcome(int exitCode, String out, String err) {}

  @TempDir Path folder;

  @BeforeEach
  void copy() throws IOException {
    Path scripts = Files.createDirectory(folder.resolve("scripts"));
    Files.copy(
        Path.of("scripts/verify-gpu"),
        scripts.resolve("verify-gpu"),
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  private void sumnet(String script) throws IOException {
    Path file = folder.resolve("scripts/sumnet");
    Files.writeString(file, "#!/usr/bin/env bash\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Outcome verify(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = folder.resolve("scripts/verify-gpu").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(150, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private String summary() throws IOException {
    return Files.readString(folder.resolve("report/summary.md"));
  }

  /**
   * One that answers everything with the same weights, and finds on the roads to a GPU what it is
   * told to.
   *
   * @param cuda what it does when it is to compute with CUDA
   * @param openCl the same with OpenCL
   * @param kind what doctor says that opencl:1 is
   */
  private void standIn(String cuda, String openCl, String kind) throws IOException {
    sumnet(
        """
        unusable() { echo "sumnet: --device $1 cannot be used: none is there" >&2; exit 4; }
        case $* in
          *cuda*) %s ;;
          *opencl*) %s ;;
          *doctor*--json*)
            printf '{\\n  "cuda": {\\n    "devices": [\\n      {\\n        "number": 1\\n      }\\n    ]\\n  },\\n'
            printf '  "opencl": {\\n    "devices": [\\n'
            printf '      {\\n        "number": 0,\\n        "kind": "accelerator"\\n      },\\n'
            printf '      {\\n        "number": 1,\\n        "kind": "%s"\\n      }\\n    ]\\n  }\\n}\\n'
            exit 0
            ;;
        esac
        printf '{\\n  "deviceNumber": 1,\\n  "weights": {\\n    "w11": 0.1\\n  }\\n}\\n'
        """
            .formatted(cuda, openCl, kind));
  }

  @Test
  @Tag("campaign")
  void without_a_gpu_the_cpu_s_parts_pass_and_the_others_say_why_they_were_not_run()
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String options = System.getProperty("sumnet.jvm.options", "");
    sumnet(
        "OCL_ICD_FILENAMES=/nowhere OCL_ICD_VENDORS=/nowhere exec '%s' %s -cp '%s' %s \"$@\""
            .formatted(java, options, ChildJvm.classPathWithoutCuda(), Sumnet.class.getName()));

    Outcome outcome = verify("report");

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(outcome.out()).contains("nothing was run on a GPU", "is in report");
    assertThat(summary())
        .containsPattern("\\| doctor \\| passed")
        .containsPattern("\\| CPU: gradient check, short \\| passed")
        .containsPattern("\\| CPU: training \\| passed")
        .containsPattern("\\| CUDA: gradient check, all of it \\| not run: .*no CUDA backend")
        .containsPattern("\\| CUDA: training \\| not run: .*no CUDA backend")
        .containsPattern("\\| CPU against CUDA: benchmark \\| not run")
        .containsPattern(
            "\\| OpenCL: gradient check, all of it \\| not run: .*the OpenCL loader finds no driver")
        .containsPattern("\\| OpenCL: training \\| not run: .*the OpenCL loader finds no driver")
        .containsPattern("\\| CPU against OpenCL: benchmark \\| not run")
        .containsPattern("(?m)^CUDA: not run on a GPU: .*no CUDA backend")
        .containsPattern("(?m)^OpenCL: not run on a GPU: .*the OpenCL loader finds no driver")
        .doesNotContain("FAILED");
  }

  @Test
  void with_a_gpu_on_both_roads_every_part_is_run() throws IOException, InterruptedException {
    standIn("", "", "gpu");
    Outcome outcome = verify("report");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .startsWith(
            """
            CUDA: every part passed on a GPU.
            OpenCL: every part passed on a GPU.
            Every part that was run passed.""");
    assertThat(summary())
        .doesNotContain("not run", "FAILED")
        .contains("CUDA: benchmark | passed", "OpenCL: benchmark | passed");
    assertThat(command("cuda-check")).startsWith("sumnet check --engine dl4j --device cuda");
    assertThat(command("cuda-bench")).startsWith("sumnet bench -q --devices cpu,cuda ");
    assertThat(command("opencl-check")).startsWith("sumnet check --engine fused --device opencl");
    assertThat(command("opencl-train")).contains(" --engine fused --device opencl ");
    assertThat(command("opencl-train-again")).isEqualTo(command("opencl-train"));
    assertThat(command("opencl-bench")).startsWith("sumnet bench -q --devices cpu,opencl ");
  }

  private String command(String part) throws IOException {
    return Files.readString(folder.resolve("report/" + part + ".command.txt"));
  }

  @Test
  void what_a_gpu_is_worth_for_a_job_is_said_at_the_end() throws IOException, InterruptedException {
    standIn("", "echo '- From start to end: it pays.'", "gpu");

    assertThat(verify("report").out())
        .contains("CUDA: every part passed on a GPU.\n")
        .contains("OpenCL: every part passed on a GPU. From start to end: it pays.\n");
  }

  @Test
  void one_road_to_a_gpu_is_enough() throws IOException, InterruptedException {
    standIn("unusable cuda", "", "gpu");
    Outcome openCl = verify("report");
    assertThat(openCl.exitCode()).isZero();
    assertThat(openCl.out())
        .contains("CUDA: not run on a GPU: --device cuda cannot be used: none is there.\n")
        .contains("OpenCL: every part passed on a GPU.\n");

    standIn("", "unusable opencl", "gpu");
    Outcome cuda = verify("report2");
    assertThat(cuda.exitCode()).isZero();
    assertThat(cuda.out())
        .contains("CUDA: every part passed on a GPU.\n")
        .contains("OpenCL: not run on a GPU: --device opencl cannot be used: none is there.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "cpu;on a CPU through OpenCL, not on a GPU",
        "accelerator;on a device that is no GPU (accelerator)",
      })
  void an_opencl_device_that_is_no_gpu_is_run_and_does_not_count_as_one(String kind, String words)
      throws IOException, InterruptedException {
    standIn("unusable cuda", "", kind);
    Outcome outcome = verify("report");
    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.out())
        .contains("OpenCL: every part passed, " + words + ".\n")
        .contains("No part failed, but nothing was run on a GPU.");
    assertThat(summary()).contains("OpenCL: benchmark | passed");
  }

  @Test
  void a_road_that_is_left_half_way_was_not_run() throws IOException, InterruptedException {
    standIn("unusable cuda", "case $* in bench*) unusable opencl ;; esac", "gpu");
    Outcome outcome = verify("report");
    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.out()).contains("OpenCL: not run on a GPU: --device opencl cannot be used");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda", "opencl"})
  void wrong_gradients_fail_whatever_the_other_road_says(String road)
      throws IOException, InterruptedException {
    String wrong = "case $* in check*) exit 3 ;; esac";
    standIn(road.equals("cuda") ? wrong : "", road.equals("opencl") ? wrong : "", "gpu");
    Outcome outcome = verify("report");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).contains(": 1 of its parts failed.", "every part passed on a GPU.");
    assertThat(summary())
        .contains("all of it | FAILED, exit code 3: see " + road + "-check.err.txt");
  }

  @Test
  void an_opencl_device_that_is_there_and_lets_its_work_down_fails()
      throws IOException, InterruptedException {
    standIn(
        "unusable cuda",
        "case $* in train*) echo 'sumnet: OpenCL: opencl:1 is lost' >&2; exit 4 ;; esac",
        "gpu");
    assertThat(verify("report").exitCode()).isEqualTo(1);
    assertThat(summary()).contains("OpenCL: training | FAILED: OpenCL: opencl:1 is lost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda", "opencl"})
  void a_gpu_that_does_not_repeat_itself_fails(String road)
      throws IOException, InterruptedException {
    String other = "case $* in train*) echo \"\\\"weights\\\": {$$}\"; exit 0 ;; esac";
    standIn(road.equals("cuda") ? other : "", road.equals("opencl") ? other : "", "gpu");
    assertThat(verify("report").exitCode()).isEqualTo(1);
    assertThat(summary())
        .contains("same bits | FAILED: the weights differ, see " + road + "-train");
  }

  @Test
  void nothing_is_overwritten() throws IOException, InterruptedException {
    sumnet("exit 0");
    Files.writeString(Files.createDirectory(folder.resolve("report")).resolve("mine"), "");
    Outcome outcome = verify("report");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("report is not empty");
    assertThat(verify("--all").err()).contains("unknown option --all");
    assertThat(verify("--help").out()).startsWith("For the owner of a GPU");
  }
}
