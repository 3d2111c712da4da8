package io.github.sumnet.cli;

import io.github.sumnet.cli.option.OptionSources;
import io.github.sumnet.cli.option.OutOption;
import io.github.sumnet.data.file.PropertiesText;
import io.github.sumnet.train.Checkpoint;
import io.github.sumnet.train.run.RunFolder;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that decide where the values of the others come from; parsed before those. */
@Command
final class EarlyOptions {
  @Parameters List<String> words = List.of();

  @Option(names = "--config")
  Path config;

  @Option(names = "--resume")
  String resume;

  @Option(names = "--out")
  Path out;

  @Option(names = "--stack-trace")
  boolean stackTrace;

  /** What {@code --resume} points at, once the sources are known; null if there is none. */
  Checkpoint checkpoint;

  static EarlyOptions at(String... args) {
    EarlyOptions early = new EarlyOptions();
    try {
      new CommandLine(early).setUnmatchedArgumentsAllowed(true).parseArgs(args);
    } catch (CommandLine.ParameterException wrong) {
      // The real parse reports it, with the command's own words.
      return new EarlyOptions();
    }
    return early;
  }

  /**
   * Where option values come from. When a run is resumed, its plan comes from the checkpoint alone,
   * and all else from where it always does.
   *
   * @throws IOException if the config file cannot be read
   */
  OptionSources sources(Map<String, String> environment) throws IOException {
    Path file = file(environment);
    Map<String, String> properties = file == null ? Map.of() : read(file);
    OptionSources configured = new OptionSources(environment, String.valueOf(file), properties);
    if (!resumesFromCheckpoint()) {
      return configured;
    }
    checkpoint = RunFolder.checkpoint("--resume", resume, runs(configured));
    return configured.withPlan(checkpoint.plan().properties());
  }

  /** The config file, or null. */
  Path file(Map<String, String> environment) {
    String named = environment.get(OptionSources.variable("config"));
    return config == null && named != null ? Path.of(named) : config;
  }

  /** A benchmark goes on with a journal. */
  private boolean resumesFromCheckpoint() {
    return resume != null && !words.stream().limit(1).toList().contains(BenchCommand.NAME);
  }

  private static Map<String, String> read(Path file) throws IOException {
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      Map<String, String> properties = PropertiesText.read(text);
      // A space that nobody sees at a line's end would make a number none.
      properties.replaceAll((name, value) -> value.strip());
      return properties;
    }
  }

  private Path runs(OptionSources configured) {
    if (out != null) {
      return out;
    }
    String value = configured.value("out");
    return Path.of(value == null ? OutOption.DEFAULT : value);
  }
}
