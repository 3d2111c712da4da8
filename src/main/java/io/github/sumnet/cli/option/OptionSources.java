package io.github.sumnet.cli.option;

import io.github.sumnet.train.RunPlan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
public record OptionSources(
    Map<String, String> environment, String file, Map<String, String> properties)
    implements IDefaultValueProvider {
  private static final String PREFIX = "SUMNET_";

  /** Variables of the launcher and the build, and the one that names the config file. */
  private static final Set<String> NO_OPTIONS =
      Set.of(
          "SUMNET_CONFIG",
          "SUMNET_TERMINAL",
          "SUMNET_COMMIT",
          "SUMNET_MAVEN_ARGS",
          "SUMNET_JAVA_ARGS",
          "SUMNET_PYTHON");

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
  public String value(String option) {
    String value = environment.get(variable(option));
    return value != null ? value : properties.get(option);
  }

  /** Whether the environment says anything, which may be about another command. */
  public static boolean saysAnything(Map<String, String> environment) {
    return environment.keySet().stream()
        .anyMatch(
            variable ->
                variable.startsWith(PREFIX)
                    && (!NO_OPTIONS.contains(variable) || variable.equals(variable("config"))));
  }

  public static String variable(String option) {
    return PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** The sources where a plan's options come from that plan alone. */
  public OptionSources withPlan(Map<String, String> plan) {
    Map<String, String> environmentLeft = new HashMap<>(environment);
    Map<String, String> propertiesLeft = new TreeMap<>(properties);
    RunPlan.optionNames().forEach(option -> environmentLeft.remove(variable(option)));
    propertiesLeft.keySet().removeAll(RunPlan.optionNames());
    propertiesLeft.putAll(plan);
    return new OptionSources(environmentLeft, file, propertiesLeft);
  }

  /** Keeps picocli from replacing ${...}: files, checkpoints above all, must not read variables. */
  private static String literally(String value) {
    return value == null ? null : value.replace("${", "$${");
  }

  /**
   * Refuses properties and variables that no option has: they would be ignored. What the
   * environment says holds for every command, so it may be about another one.
   *
   * @throws ParameterException if there are any
   */
  public void requireKnown(CommandSpec command) {
    Set<String> own = names(command);
    Set<String> all = new TreeSet<>(own);
    command.root().subcommands().values().forEach(c -> all.addAll(names(c.getCommandSpec())));
    Set<String> known = file.equals(environment.get(variable("config"))) ? all : own;
    Set<String> unknown = new TreeSet<>(properties.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          file
              + ": '"
              + command.name()
              + "' has no option called "
              + String.join(", ", unknown)
              + Nearest.hint(unknown.iterator().next(), known));
    }
    Set<String> variables = all.stream().map(OptionSources::variable).collect(Collectors.toSet());
    for (String variable : new TreeSet<>(environment.keySet())) {
      if (variable.startsWith(PREFIX)
          && !NO_OPTIONS.contains(variable)
          && !variables.contains(variable)) {
        throw new ParameterException(
            command.commandLine(),
            variable
                + ": no option takes its value from this variable"
                + Nearest.hint(variable, variables));
      }
    }
  }

  private static Set<String> names(CommandSpec command) {
    return command.options().stream()
        .filter(OptionSources::isConfiguration)
        .map(OptionSources::name)
        .collect(Collectors.toSet());
  }

  /**
   * The values in force, by option name, as {@code --config} reads them back.
   *
   * @param settled values of options that were left to a default which depends on others
   */
  public static Map<String, String> inForce(CommandSpec command, Map<String, String> settled) {
    Map<String, String> values = new LinkedHashMap<>();
    for (OptionSpec option : command.options()) {
      Object value = option.getValue();
      String text = settled.getOrDefault(name(option), value == null ? null : value.toString());
      if (isConfiguration(option) && text != null) {
        values.put(name(option), text);
      }
    }
    return values;
  }

  public static boolean isConfiguration(OptionSpec option) {
    return !NOT_CONFIGURATION.contains(name(option));
  }

  static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^--", "");
  }
}
