package io.github.sumnet.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
    return value(name(option), null);
  }

  /** The value of an option, or another if neither environment nor file has one. */
  String value(String name, String otherwise) {
    String value = environment.get(variable(name));
    return value != null ? value : properties.getOrDefault(name, otherwise);
  }

  /** The environment variable of an option. */
  static String variable(String name) {
    return "SUMNET_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
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
