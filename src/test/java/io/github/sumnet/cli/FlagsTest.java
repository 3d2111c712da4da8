package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.cli.option.OptionSources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** A flag that is given says yes, whatever the environment and a file say. */
class FlagsTest {
  private static Stream<Arguments> flags() {
    return Sumnet.commandLine(Map.of()).getSubcommands().values().stream()
        .flatMap(
            command ->
                command.getCommandSpec().options().stream()
                    .filter(option -> option.typeInfo().isBoolean())
                    .filter(OptionSources::isConfiguration)
                    .map(option -> Arguments.of(command.getCommandName(), option.longestName())));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("flags")
  void a_flag_says_yes(String command, String flag) {
    String name = flag.substring(2);
    for (String before : List.of("true", "false", "")) {
      Map<String, String> said = before.isEmpty() ? Map.of() : Map.of(name, before);
      Map<String, String> variables =
          before.isEmpty() ? Map.of() : Map.of(OptionSources.variable(name), before);
      for (OptionSources sources :
          List.of(
              new OptionSources(Map.of(), "file", said),
              new OptionSources(variables, "file", Map.of()))) {
        assertThat(value(sources, command, flag, true)).as("given, " + sources).isEqualTo(true);
        if (!before.isEmpty()) {
          assertThat(value(sources, command, flag, false))
              .as("not given, " + sources)
              .isEqualTo(Boolean.valueOf(before));
        }
      }
    }
  }

  private static Object value(OptionSources sources, String command, String flag, boolean given) {
    CommandLine commandLine = Sumnet.commandLine(Map.of()).setDefaultValueProvider(sources);
    List<String> arguments = new ArrayList<>(List.of(command));
    switch (command) {
      case "compare" -> arguments.addAll(List.of("a", "b"));
      case "generate" -> arguments.add("a.csv");
      default -> {}
    }
    if (given) {
      arguments.add(flag);
    }
    ParseResult parsed = commandLine.parseArgs(arguments.toArray(String[]::new)).subcommand();
    OptionSpec option = parsed.commandSpec().findOption(flag);
    return option.getValue();
  }
}
