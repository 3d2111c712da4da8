package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong values: exit code 2, and a line that names the flag, what was found, what was expected. */
class UsageTest {
  @TempDir Path out;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --batch-size 0                        | --batch-size    | not 0          | at least 1
          --batch-size -1                       | --batch-size    | not -1         | at least 1
          --batch-size abc                      | --batch-size    | 'abc'          | whole number such as 4096, 64k, 10M
          --batch-size 1e99                     | --batch-size    | '1e99'         | from -2147483648 to 2147483647
          --batch-size 99999999999              | --batch-size    | '99999999999'  | from -2147483648 to 2147483647
          --samples 0                           | --samples       | not 0          | at least 1
          --samples 1.5k5                       | --samples       | '1.5k5'        | whole number
          --samples 1e-1                        | --samples       | '1e-1'         | whole number
          --samples 10G --batch-size 3G         | --batch-size    | '3G'           | to 2147483647
          --batchsize 5                         | --batchsize     | Unknown option | did you mean --batch-size?
          --chunk-size 0                        | --chunk-size    | not 0          | from 1 to 67108864
          --chunk-size 67108865                 | --chunk-size    | not 67108865   | from 1 to 67108864
          --chunk-size 1G                       | --chunk-size    | not 1000000000 | from 1 to 67108864
          --hidden 0                            | --hidden        | not 0          | between 1 and 4096
          --hidden 5000                         | --hidden        | not 5000       | between 1 and 4096
          --input-range 5                       | --input-range   | '5'            | LOW:HIGH
          --input-range 1:0                     | --input-range   | 1.0:0.0        | LOW < HIGH
          --input-range 0:0                     | --input-range   | 0.0:0.0        | LOW < HIGH
          --input-range a:b                     | --input-range   | 'a:b'          | LOW:HIGH
          --input-range 0:inf                   | --input-range   | '0:inf'        | LOW:HIGH
          --input-range 0:Infinity              | --input-range   | 0.0:Infinity   | within ±1e6
          --input-range NaN:1                   | --input-range   | NaN:1.0        | within ±1e6
          --input-range 0.1:0.10000001          | --input-range   | 0.1:0.10000001 | grid
          --learning-rate 0                     | --learning-rate | not 0.0        | positive
          --learning-rate -1                    | --learning-rate | not -1.0       | positive
          --learning-rate NaN                   | --learning-rate | not NaN        | positive
          --learning-rate Infinity              | --learning-rate | not Infinity   | finite
          --learning-rate fast                  | --learning-rate | 'fast'         | a number such as 0.1
          --schedule foo                        | --schedule      | 'foo'          | there are constant, exponential:GAMMA
          --schedule step:1                     | --schedule      | 1 argument     | step:DECAY:COUNT
          --schedule step:0.5:x                 | --schedule      | 'step:0.5:x'   | step:DECAY:COUNT
          --schedule step:0.5:1.5               | --schedule      | 1.5            | positive whole count
          --updater rmsprop                     | --updater       | 'rmsprop'      | sgd, nesterovs, adam
          --epochs 0                            | --epochs        | not 0          | at least 1
          --steps 0                             | --steps         | not 0          | at least 1
          --steps 9999999999                    | --steps         | 9999999999     | 2147483647
          --max-time 10                         | --max-time      | not 10         | a time such as 30s
          --max-time 1w                         | --max-time      | '1w'           | 200ms, 30s, 5m or 2h
          --patience -1                         | --patience      | not -1         | 0 or more
          --evaluate-every 0                    | --evaluate-every | not 0         | at least 1
          --log-every 0                         | --log-every     | not 0          | at least 1
          --checkpoint-every 0                  | --checkpoint-every | '0'         | a number of steps
          --checkpoint-every 5x                 | --checkpoint-every | '5x'        | a number of steps
          --keep -1                             | --keep          | not -1         | 0 or more
          --threads 0                           | --threads       | not 0          | from 1 to 1024
          --threads two                         | --threads       | 'two'          | whole number
          --engine foo                          | --engine        | 'foo'          | dl4j, fused, reference
          --device tpu                          | --device        | 'tpu'          | auto, cpu, cuda
          --precision half                      | --precision     | 'half'         | float, double
          --seed 1.5                            | --seed          | '1.5'          | whole number
          --init zeros                          | --init          | 'zeros'        | worked-example, xavier
          --init worked-example --hidden 3      | --init          | 2-3-1          | use xavier
          --engine reference --precision float  | --precision     | not float      | double with --engine reference
          --device opencl:x                     | --device        | 'opencl:x'     | opencl or opencl:N
          --device opencl:-1                    | --device        | 'opencl:-1'    | N from 0
          --device cuda:1                       | --device        | 'cuda:1'       | auto, cpu, cuda, opencl
          --engine reference --device cuda      | --device        | not cuda       | cpu or auto
          --engine reference --device opencl    | --device        | not opencl     | cpu or auto
          --device opencl:1                     | --device        | not opencl:1   | cpu, cuda or auto with engine dl4j
          --engine fused --device cuda          | --device        | not cuda       | cpu, opencl, opencl:N or auto
          --nonsense                            | --nonsense      | Unknown option | train --help
          --batch-size                          | --batch-size    | Missing        | parameter
          --seed 1 --seed 2                     | --seed          | only once      | train --help
          """)
  void a_wrong_value_is_a_usage_error_that_says_why(
      String flags, String flag, String found, String expected) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--out", out.resolve("o").toString()));
    arguments.addAll(List.of(flags.split(" ", -1)));

    Cli.Outcome outcome = Cli.launch(arguments.toArray(String[]::new));

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains(flag, found, expected)
        .contains("See 'sumnet train --help' for what is accepted.")
        .doesNotContain("Exception", "\tat ");
    assertThat(out.resolve("o")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"trian", "--nonsense"})
  void an_unknown_command_is_a_usage_error(String argument) {
    Cli.Outcome outcome = Cli.launch(argument);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).startsWith("sumnet: ").contains("See 'sumnet --help'");
    assertThat(outcome.err()).contains(argument);
  }

  @Test
  void a_misspelt_command_is_told_what_was_meant() {
    assertThat(Cli.launch("trian").err()).contains("'trian'; did you mean train?");
    assertThat(Cli.launch("xyzzy").err()).doesNotContain("did you mean");
  }

  @Test
  void without_a_command_the_help_is_printed() {
    assertThat(Cli.launch()).isEqualTo(Cli.launch("--help"));
    assertThat(Cli.launch().exitCode()).isZero();
  }

  @Test
  void an_out_folder_that_is_a_file_is_a_usage_error_and_the_file_stays() throws IOException {
    Path file = Files.writeString(out.resolve("file"), "mine");

    Cli.Outcome outcome = Cli.launch("train", "-q", "--steps", "1", "--out", file.toString());

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).contains("--out: cannot make a run folder in " + file);
    assertThat(file).hasContent("mine");
  }

  @Test
  void an_out_folder_that_nobody_can_write_into_is_a_usage_error() {
    Path nowhere = Path.of("/proc/self/fdinfo");
    assumeTrue(Files.isDirectory(nowhere), "this system has no " + nowhere);

    Cli.Outcome outcome = Cli.launch("train", "-q", "--steps", "1", "--out", nowhere.toString());

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).contains("--out: cannot make a run folder in " + nowhere);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--resume nothing", "--resume last", "--resume /dev/null", "--resume /proc"})
  void nothing_to_resume_is_a_usage_error(String flags) {
    List<String> arguments = new ArrayList<>(List.of("train", "--out", out.toString()));
    arguments.addAll(List.of(flags.split(" ", -1)));

    Cli.Outcome outcome = Cli.launch(arguments.toArray(String[]::new));

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).startsWith("sumnet: --resume").hasLineCount(1);
    assertThat(outcome.err()).contains("checkpoint");
  }

  @Test
  void chunks_that_memory_cannot_hold_are_refused_with_what_they_need() {
    Cli.Outcome outcome =
        Cli.launch(
            "train",
            "-q",
            "--device=cpu",
            "--samples=9999999999",
            "--batch-size=2147483647",
            "--chunk-size=67108864",
            "--threads=200",
            "--steps=1",
            "--out=" + out);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err())
        .startsWith("sumnet: --chunk-size 67108864 is too large: its chunks need ")
        .contains("GiB of Java heap", "SUMNET_JAVA_ARGS=-Xmx");
  }
}
