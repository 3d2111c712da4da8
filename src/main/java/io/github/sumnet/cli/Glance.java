package io.github.sumnet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A first look at the arguments, for what decides where the other options' values come from. */
@Command
final class Glance {
  @Option(names = "--config")
  Path config;

  @Option(names = "--resume")
  String resume;

  @Option(names = "--out")
  Path out;

  @Option(names = "--stack-trace")
  boolean stackTrace;

  static Glance at(String... args) {
    Glance glance = new Glance();
    try {
      new CommandLine(glance).setUnmatchedArgumentsAllowed(true).parseArgs(args);
    } catch (CommandLine.ParameterException wrong) {
      // The real parse reports it, with the command's own words.
      return new Glance();
    }
    return glance;
  }

  /**
   * Where option values come from. When a run is resumed, its plan comes from the checkpoint alone,
   * and all else from where it always does.
   *
   * @throws IOException if the config file cannot be read
   */
  OptionSources sources(Map<String, String> environment) throws IOException {
    Map<String, String> properties = config == null ? Map.of() : PropertiesText.read(config);
    OptionSources configured = new OptionSources(environment, String.valueOf(config), properties);
    return resume == null ? configured : resumed(configured);
  }

  private OptionSources resumed(OptionSources configured) {
    Path runs = out == null ? Path.of(configured.value("out", OutOption.DEFAULT)) : out;
    Resumption saved = Resumption.find(resume, runs);
    Set<String> planOptions = SavedPlan.optionNames();
    SavedPlan.of(saved.file(), saved.checkpoint());
    Map<String, String> environment = new HashMap<>(configured.environment());
    Map<String, String> properties = new HashMap<>(configured.properties());
    for (String name : planOptions) {
      environment.remove(OptionSources.variable(name));
      properties.remove(name);
    }
    properties.putAll(saved.checkpoint().plan());
    return new OptionSources(environment, configured.file(), properties);
  }
}
