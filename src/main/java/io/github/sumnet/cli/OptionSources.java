package io.github.sumnet.cli;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where an option's value comes from when no flag gives it: the environment (SUMNET_BATCH_SIZE for
 * --batch-size), then a file of properties (batch-size), then the option's own default.
 *
 * @param file what the file is called in messages
 * @param properties the file's properties
 */
record OptionSources(Map<String, String> environment, String file, Map<String, String> properties)
    implements IDefaultValueProvider {
  /** What is asked of one invocation only, or says where values come from. */
  private static final Set<String> NOT_CONFIGURATION =
      Set.of("help", "version", "config", "print-config", "dry-run", "resume", "stack-trace");

  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !isConfiguration(option)) {
      return null;
    }
    return literally(value(name(option)));
  }

  /** What environment or file say about an option, or null. */
  String value(String option) {
    String value = environment.get(variable(option));
    return value != null ? value : properties.get(option);
  }

  private static String variable(String option) {
    return "SUMNET_" + option.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** These sources for a run that is resumed: its plan's options come from the plan alone. */
  OptionSources withPlan(Set<String> options, Map<String, String> plan) {
    Map<String, String> environmentLeft = new HashMap<>(environment);
    Map<String, String> propertiesLeft = new TreeMap<>(properties);
    for (String option : options) {
      environmentLeft.remove(variable(option));
      propertiesLeft.remove(option);
    }
    propertiesLeft.putAll(plan);
    return new OptionSources(environmentLeft, file, propertiesLeft);
  }

  /** Keeps picocli from replacing ${...}: files, checkpoints above all, must not read variables. */
  private static String literally(String value) {
    return value == null ? null : value.replace("${", "$${");
  }

  /**
   * Refuses properties that no option has: they would be ignored.
   *
   * @throws ParameterException if there are any
   */
  void requireKnown(CommandSpec command) {
    Set<String> unknown = new TreeSet<>(properties.keySet());
    command.options().stream()
        .filter(OptionSources::isConfiguration)
        .forEach(option -> unknown.remove(name(option)));
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          file + ": '" + command.name() + "' has no option called " + String.join(", ", unknown));
    }
  }

  /** The values in force, by option name, as {@code --config} reads them back. */
  static Map<String, String> inForce(CommandSpec command) {
    Map<String, String> values = new LinkedHashMap<>();
    for (OptionSpec option : command.options()) {
      Object value = option.getValue();
      if (isConfiguration(option) && value != null) {
        values.put(name(option), value.toString());
      }
    }
    return values;
  }

  static boolean isConfiguration(OptionSpec option) {
    return !NOT_CONFIGURATION.contains(name(option));
  }

  static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^--", "");
  }
}
