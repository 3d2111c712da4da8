package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result that could not be written is no success. */
class OutputTest {
  private static final String COMMAND = "\"$0\" \"$@\"";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "train --help",
        "train --print-config",
        "train --dry-run --device cpu",
        "explain --device cpu",
        "doctor",
        "generate-completion"
      })
  void a_full_device_is_an_error_of_one_line(String arguments)
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");

    ChildJvm.Outcome outcome = run(COMMAND + " >/dev/full", arguments);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.INTERNAL_ERROR.code());
    assertThat(outcome.err().lines())
        .containsOnlyOnce("sumnet: cannot write to standard output: No space left on device");
    assertThat(outcome.err()).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"explain --device cpu", "--help"})
  void a_reader_that_has_seen_enough_is_none(String arguments)
      throws IOException, InterruptedException {
    ChildJvm.Outcome outcome = run(COMMAND + " | true; exit \"${PIPESTATUS[0]}\"", arguments);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).doesNotContain("sumnet: ", "\tat ");
  }

  private ChildJvm.Outcome run(String script, String arguments)
      throws IOException, InterruptedException {
    return ChildJvm.ofThisBuild(folder)
        .startedBy("bash", "-c", script)
        .run(Sumnet.class, Map.of(), arguments.split(" ", -1));
  }
}
