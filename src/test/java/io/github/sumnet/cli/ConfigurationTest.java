package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where values come from: flag, environment, config file, default, in this order. */
class ConfigurationTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "batch-size, 32, 64, 128, 16384",
    "samples, 10, 20, 30, 1048576",
    "seed, 1, 2, 3, 42",
    "hidden, 3, 4, 5, 2",
    "updater, sgd, nesterovs, adam, adam",
    "learning-rate, 0.5, 0.25, 0.125, 0.1",
    "schedule, step:0.5:10, step:0.5:20@epoch, step:0.5:30, constant",
    "input-range, 0.0:0.1, 0.0:0.2, 0.0:0.3, 0.0:0.5",
    "checkpoint-every, 1s, 2s, 3, 30s",
    "patience, 1, 2, 3, 0",
    "log-every, 1, 2, 3, 20",
    "out, a, b, c, runs",
    "device, cpu, auto, cpu, auto",
    "device, opencl:0, opencl, opencl:12, auto"
  })
  void a_flag_wins_over_the_environment_over_the_file_over_the_default(
      String option, String flag, String environment, String file, String standard)
      throws IOException {
    Path config = Files.writeString(folder.resolve("c"), option + " = " + file + " \n");
    String variable = "SUMNET_" + option.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    for (int given = 0; given < 8; given++) {
      List<String> arguments = new ArrayList<>(List.of("train", "--print-config"));
      Map<String, String> variables = new HashMap<>();
      String expected = standard;
      if ((given & 1) != 0) {
        arguments.addAll(List.of("--config", config.toString()));
        expected = file;
      }
      if ((given & 2) != 0) {
        variables.put(variable, environment);
        expected = environment;
      }
      if ((given & 4) != 0) {
        arguments.addAll(List.of("--" + option, flag));
        expected = flag;
      }

      Cli.Outcome outcome = Cli.launch(variables, arguments.toArray(String[]::new));

      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      assertThat(properties(outcome.out())).as("given " + given).containsEntry(option, expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "quiet"})
  void a_flag_that_the_file_or_the_environment_gives_too_stays_on(String flag) throws IOException {
    Path config = Files.writeString(folder.resolve("c"), flag + "=true\n");
    String variable = "SUMNET_" + flag.toUpperCase(java.util.Locale.ROOT);

    for (Cli.Outcome outcome :
        List.of(
            Cli.launch("train", "--print-config", "--config=" + config, "--" + flag),
            Cli.launch("train", "--print-config", "--config=" + config),
            Cli.launch(Map.of(variable, "true"), "train", "--print-config", "--" + flag),
            Cli.launch("train", "--print-config", "--" + flag))) {
      assertThat(properties(outcome.out())).containsEntry(flag, "true");
    }
    assertThat(
            properties(
                Cli.launch(
                        Map.of(variable, "false"), "train", "--print-config", "--config=" + config)
                    .out()))
        .containsEntry(flag, "false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--hidden 3 --precision double --chunk-size 7 --steps 5 --max-time 2h --json",
        "--init xavier --engine reference --threads 2 --evaluate-every 3 --keep 2 -q",
        "--input-range -0.25:0.125 --schedule map:0:0.1:100:0.01@epoch --device cpu",
        "--engine fused --device opencl:3",
        "--out a\\b:c=#d! --checkpoint-every 200ms --epochs 3 --patience 4"
      })
  void what_is_printed_is_read_back_as_the_same(String flags) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("train", "--print-config"));
    arguments.addAll(flags.isEmpty() ? List.of() : List.of(flags.split(" ", -1)));
    Cli.Outcome printed = Cli.launch(arguments.toArray(String[]::new));
    Path config = Files.writeString(folder.resolve("config.properties"), printed.out());

    Cli.Outcome again = Cli.launch("train", "--print-config", "--config", config.toString());

    assertThat(printed.exitCode()).as(printed.err()).isZero();
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).isEqualTo(printed.out());
    assertThat(properties(printed.out())).hasSizeGreaterThan(15);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bach-size=3", "resume=last", "dry-run=true", "config=other", "help=true"})
  void a_property_that_is_no_option_is_refused_by_file_and_name(String line) throws IOException {
    Path config = Files.writeString(folder.resolve("c.properties"), "seed=1\n" + line + "\n");

    Cli.Outcome outcome = Cli.launch("train", "--dry-run", "--config", config.toString());

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err())
        .contains(config + ": 'train' has no option called " + line.replaceFirst("=.*", ""));
  }

  @Test
  void a_wrong_value_in_the_file_or_the_environment_is_refused_like_a_flags() throws IOException {
    Path config = Files.writeString(folder.resolve("c"), "batch-size=0\n");

    assertThat(Cli.launch("train", "--config", config.toString()).err())
        .contains("--batch-size must be at least 1, not 0");
    assertThat(Cli.launch(Map.of("SUMNET_HIDDEN", "many"), "train").err())
        .contains("'--hidden': expected a whole number such as 4096", "not 'many'");
  }

  @ParameterizedTest
  @CsvSource({
    "SUMNET_BATCHSIZE, did you mean SUMNET_BATCH_SIZE?",
    "SUMNET_DRY_RUN, no option takes its value from this variable",
    "SUMNET_RESUME, no option takes its value from this variable"
  })
  void a_variable_that_is_no_option_is_refused(String variable, String hint) {
    Cli.Outcome outcome = Cli.launch(Map.of(variable, "5"), "train", "--print-config");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).contains(variable, hint);
  }

  @Test
  void variables_of_the_launcher_and_of_other_commands_are_let_pass() {
    Map<String, String> variables =
        Map.of("SUMNET_BATCH_SIZES", "32", "SUMNET_TERMINAL", "yes", "SUMNET_JAVA_ARGS", "-Xmx2g");

    assertThat(Cli.launch(variables, "train", "--print-config").exitCode()).isZero();
  }

  @Test
  void the_environment_names_a_file_for_every_command() throws IOException {
    Path config = Files.writeString(folder.resolve("c"), "seed=7\nbatch-sizes=32\n");
    Map<String, String> variables = Map.of("SUMNET_CONFIG", config.toString());

    assertThat(properties(Cli.launch(variables, "train", "--print-config").out()))
        .containsEntry("seed", "7");
    Files.writeString(config, "bach-size=3");
    assertThat(Cli.launch(variables, "train", "--print-config").err())
        .contains(config + ": 'train' has no option called bach-size; did you mean batch-size?");
    Files.delete(config);
    assertThat(Cli.launch(variables, "train", "--print-config").err())
        .contains("SUMNET_CONFIG: cannot read " + config + ": no such file");
  }

  @Test
  void a_key_that_is_there_twice_is_refused() throws IOException {
    Files.writeString(folder.resolve("twice"), "seed=1\nseed=2\n");

    assertThatConfigIsRefused(folder.resolve("twice"), "'seed' is there more than once");
  }

  @Test
  void counts_are_read_as_people_write_them() throws IOException {
    Cli.Outcome outcome =
        Cli.launch("train", "--print-config", "--samples=1e6", "--batch-size=64Ki", "--steps=10k");

    assertThat(properties(outcome.out()))
        .containsEntry("samples", "1000000")
        .containsEntry("batch-size", "65536")
        .containsEntry("steps", "10000");
  }

  @Test
  void a_batch_size_that_is_more_than_an_epoch_is_mentioned() {
    assertThat(
            Cli.launch("train", "--dry-run", "--device=cpu", "--batch-size=2M", "--samples=1M")
                .err())
        .contains(
            "warning: --batch-size 2000000: an epoch has 1,000,000 samples, so a step takes 1,000,000");
  }

  @Test
  void what_is_printed_has_everything_that_determines_the_run() throws IOException {
    assertThat(properties(Cli.launch("train", "--print-config", "--device=cpu").out()))
        .containsEntry("precision", "float")
        .containsEntry("init", "worked-example")
        .containsEntry("evaluate-every", "64")
        .containsEntry("epochs", "20")
        .containsKey("chunk-size");
  }

  @Test
  void values_are_taken_literally() throws IOException {
    Path config = Files.writeString(folder.resolve("c"), "out=${sys:user.name}\n");

    assertThat(properties(Cli.launch("train", "--print-config", "--config=" + config).out()))
        .containsEntry("out", "${sys:user.name}");
    assertThat(Cli.launch(Map.of("SUMNET_SEED", "${sys:user.name}"), "train").err())
        .contains("'${sys:user.name}'");
  }

  @Test
  void a_file_that_cannot_be_read_is_refused_with_the_reason() throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {'a', '=', (byte) 0xFF});
    Path escape = Files.writeString(folder.resolve("escape"), "a=\\uZZZZ");

    assertThatConfigIsRefused(folder.resolve("none"), "no such file");
    assertThatConfigIsRefused(folder, "Is a directory");
    assertThatConfigIsRefused(binary, "not text in UTF-8");
    assertThatConfigIsRefused(escape, "\\uxxxx");
  }

  private static void assertThatConfigIsRefused(Path file, String reason) {
    Cli.Outcome outcome = Cli.launch("train", "--config", file.toString());

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err())
        .startsWith("sumnet: --config: cannot read " + file + ": ")
        .contains(reason)
        .hasLineCount(1);
  }

  private static Map<String, String> properties(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    Map<String, String> map = new HashMap<>();
    properties.forEach((key, value) -> map.put((String) key, (String) value));
    return map;
  }
}
