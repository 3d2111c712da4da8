package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.report.bench.MadeUpBenchmark;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result that could not be written is no success. */
class OutputTest {
  private static final String COMMAND = "\"$0\" \"$@\"";
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path folder;

  @BeforeAll
  static void compute_on_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "train --dry-run --device cpu", "generate-completion"})
  void a_full_device_is_an_error_of_one_line(String arguments)
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(FULL), "this system has no " + FULL);

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

  /** Every command, in this JVM, with a stream that takes so many bytes, as a disk with no room. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train -q --device cpu --samples 100 --steps 2 --out FOLDER",
        "train -q --device cpu --samples 100 --steps 2 --out FOLDER --json",
        "check --device cpu --form short --hidden 2 --precision float",
        "check --list-faults",
        "evaluate MODEL",
        "evaluate MODEL --predict 0.1,0.2",
        "generate FOLDER/a.npy --samples 10 --force",
        "compare BENCH BENCH --format csv",
        "explain --device cpu --format html",
        "doctor --json",
        "train --help"
      })
  void output_of_every_command_counts_only_if_all_of_it_is_written(String arguments)
      throws IOException {
    String[] args =
        arguments
            .replace("FOLDER", folder.toString())
            .replace("MODEL", model().toString())
            .replace("BENCH", bench().toString())
            .split(" ", -1);
    for (int room : new int[] {0, 10}) {
      StringWriter err = new StringWriter();
      int exitCode =
          Sumnet.execute(
              Map.of(), new StandardOutput(new Full(room)), new PrintWriter(err, true), args);

      assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.INTERNAL_ERROR.code());
      assertThat(err.toString())
          .endsWith("sumnet: cannot write to standard output: No space left on device\n");
    }
  }

  /** Takes so many bytes. */
  private static final class Full extends OutputStream {
    private int room;

    Full(int room) {
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      if (room == 0) {
        throw new IOException("No space left on device");
      }
      room--;
    }
  }

  private Path model() {
    if (Files.notExists(folder.resolve("m"))) {
      Cli.launch("train", "-q", "--device=cpu", "--steps=1", "--out=" + folder.resolve("m"));
    }
    return folder.resolve("m/train/0001");
  }

  private Path bench() throws IOException {
    return Files.writeString(
        folder.resolve("bench.json"), MadeUpBenchmark.full().withoutGpu("none").result().toJson());
  }

  /** A link to the device, so that it cannot come to harm. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain --device cpu --out",
        "explain --device cpu --diagram",
        "doctor --out",
        "compare BENCH BENCH --out",
        "check -q --device cpu --form short --hidden 2 --precision float --out"
      })
  void a_file_that_cannot_be_written_is_an_error_of_one_line_that_names_it(String arguments)
      throws IOException {
    assumeTrue(Files.exists(FULL), "this system has no " + FULL);
    Path file = Files.createSymbolicLink(folder.resolve("full.svg"), FULL);

    Cli.Outcome outcome =
        Cli.launch((arguments + " " + file).replace("BENCH", bench().toString()).split(" ", -1));
    Files.delete(file);

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.INTERNAL_ERROR.code());
    assertThat(outcome.err())
        .isEqualTo(
            "sumnet: "
                + arguments.replaceFirst(".* ", "")
                + ": "
                + file
                + " could not be written: No space left on device\n");
  }

  @Test
  void a_report_that_cannot_be_written_is_an_error() throws IOException {
    assumeTrue(Files.exists(FULL), "this system has no " + FULL);
    Path run = folder.resolve("train/0001");
    Cli.launch("train", "-q", "--device=cpu", "--steps=1", "--out=" + folder);
    Files.createSymbolicLink(run.resolve("loss.png.tmp"), FULL);

    Cli.Outcome outcome = Cli.launch("report", "--out=" + folder);

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.INTERNAL_ERROR.code());
    assertThat(outcome.err())
        .isEqualTo("sumnet: " + run.resolve("loss.png") + ": No space left on device\n");
  }

  private ChildJvm.Outcome run(String script, String arguments)
      throws IOException, InterruptedException {
    return ChildJvm.ofThisBuild(folder)
        .startedBy("bash", "-c", script)
        .run(Sumnet.class, Map.of(), arguments.split(" ", -1));
  }
}
