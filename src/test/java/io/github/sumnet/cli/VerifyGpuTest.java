package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void without_a_gpu_the_cpu_s_parts_pass_and_the_others_say_why_they_were_not_run()
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String options = System.getProperty("sumnet.jvm.options", "");
    sumnet(
        "exec '%s' %s -cp '%s' %s \"$@\""
            .formatted(java, options, ChildJvm.classPathWithoutCuda(), Sumnet.class.getName()));

    Outcome outcome = verify("report");

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(outcome.out()).contains("nothing was run on a GPU", "is in report");
    assertThat(summary())
        .containsPattern("\\| doctor \\| passed")
        .containsPattern("\\| CPU: gradient check, short \\| passed")
        .containsPattern("\\| CPU: training \\| passed")
        .containsPattern("\\| GPU: gradient check, all of it \\| not run: .*no CUDA backend")
        .containsPattern("\\| GPU: training \\| not run: .*no CUDA backend")
        .containsPattern("\\| CPU against GPU: benchmark \\| not run")
        .doesNotContain("FAILED");
  }

  @Test
  void with_a_gpu_every_part_is_run() throws IOException, InterruptedException {
    sumnet("echo '\"weights\": {\"w11\": 0.1}'");
    Outcome outcome = verify("report");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("Every part passed.");
    assertThat(summary()).doesNotContain("not run", "FAILED").contains("benchmark | passed");
    assertThat(folder.resolve("report/bench.command.txt"))
        .content()
        .startsWith("sumnet bench -q --devices cpu,cuda ");
  }

  @Test
  void wrong_gradients_fail() throws IOException, InterruptedException {
    sumnet("case $* in *check*cuda*) exit 3 ;; esac; echo '\"weights\": {}'");
    assertThat(verify("report").exitCode()).isEqualTo(1);
    assertThat(summary()).contains("all of it | FAILED, exit code 3: see gpu-check.err.txt");
  }

  @Test
  void a_gpu_that_does_not_repeat_itself_fails() throws IOException, InterruptedException {
    sumnet("echo \"\\\"weights\\\": {$$}\"");
    assertThat(verify("report").exitCode()).isEqualTo(1);
    assertThat(summary()).contains("same bits | FAILED: the weights differ");
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
