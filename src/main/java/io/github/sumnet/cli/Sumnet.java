package io.github.sumnet.cli;

import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The command line's root: names the commands and turns the outcome into an exit code. */
@Command(
    name = "sumnet",
    description = "Trains a small sum network in batches, on a GPU or a CPU, gradients checked.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DoctorCommand.class, GenerateCompletion.class})
public final class Sumnet {

  public static void main(String[] args) {
    System.exit(commandLine(System.getenv()).execute(args));
  }

  /**
   * The command line, ready to execute.
   *
   * @param environment where option values come from when no flag gives them: SUMNET_BATCH_SIZE for
   *     --batch-size
   */
  static CommandLine commandLine(Map<String, String> environment) {
    Ansi ansi = environment.containsKey("NO_COLOR") ? Ansi.OFF : Ansi.AUTO;
    return new CommandLine(new Sumnet())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
        .setParameterExceptionHandler(new Failures())
        .setExecutionExceptionHandler(new Failures());
  }
}
