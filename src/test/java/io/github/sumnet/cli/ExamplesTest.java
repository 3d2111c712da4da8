package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every command's help shows to be typed. */
class ExamplesTest {
  /** picocli's own command says in its description how it is used. */
  private static Stream<String> commands() {
    return Sumnet.commandLine(Map.of()).getSubcommands().keySet().stream()
        .filter(name -> !name.equals("generate-completion"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_has_examples_that_parse(String command) {
    Cli.Outcome help = Cli.launch(command, "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains(System.lineSeparator() + "Examples:" + System.lineSeparator());
    List<String> lines =
        help.out().lines().dropWhile(line -> !line.equals("Examples:")).skip(1).toList();
    assertThat(lines).as("none is broken").allMatch(line -> line.startsWith("  "));
    List<String> examples =
        lines.stream().map(String::strip).filter(line -> !line.startsWith("#")).toList();
    assertThat(examples).isNotEmpty().allMatch(line -> line.startsWith("sumnet " + command));
    for (String example : examples) {
      String[] words = example.split(" +", -1);
      assertThatCode(
              () ->
                  Sumnet.commandLine(Map.of())
                      .parseArgs(Arrays.copyOfRange(words, 1, words.length)))
          .as(example)
          .doesNotThrowAnyException();
    }
  }
}
