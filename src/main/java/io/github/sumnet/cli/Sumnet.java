package io.github.sumnet.cli;

import io.github.sumnet.bench.Sizes;
import io.github.sumnet.cli.option.FailIf;
import io.github.sumnet.cli.option.OptionSources;
import io.github.sumnet.cli.option.WeightValues;
import io.github.sumnet.data.Choice;
import io.github.sumnet.data.Count;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.RealNumber;
import io.github.sumnet.data.file.FileFailure;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.explain.DecimalInput;
import io.github.sumnet.report.document.OutputFormat;
import io.github.sumnet.train.Checkpoint;
import io.github.sumnet.train.Interval;
import io.github.sumnet.train.run.Cluster;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line's root: names the commands and turns the outcome into an exit code. */
@Command(
    name = "sumnet",
    description = "Trains a small sum network in batches, on a GPU or a CPU, gradients checked.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Sumnet implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          TrainCommand.class,
          CheckCommand.class,
          EvaluateCommand.class,
          ReportCommand.class,
          GenerateCommand.class,
          BenchCommand.class,
          CompareCommand.class,
          ExplainCommand.class,
          DoctorCommand.class);

  /** Set by the launcher where stderr is a terminal, which Java cannot tell by itself. */
  private static final String TERMINAL = "SUMNET_TERMINAL";

  /** Set by the launcher where the checkout knows it. */
  private static final String COMMIT = "SUMNET_COMMIT";

  private static final String COUNTS =
      "%nA number N may be written 65536, 64k (64,000), 64Ki (65,536), 10M or 1e6.%n%n";

  /** Behind every option of a command in its help. */
  private static final int LAST = 1000;

  private static final String CLASSES_OF_CLUSTERS =
      "java.**;scala.**;org.apache.spark.**;io.github.sumnet.**";

  private final Map<String, String> environment;

  private Checkpoint resumed;

  @Spec CommandSpec spec;

  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      order = LAST,
      paramLabel = "FILE",
      description =
          "Read option values from a properties file (batch-size=4096). A flag wins over the"
              + " environment (SUMNET_BATCH_SIZE), which wins over the file. SUMNET_CONFIG names a file for"
              + " every command.")
  Path config;

  @Option(
      names = "--stack-trace",
      scope = ScopeType.INHERIT,
      order = LAST,
      description = "Print the stack trace of a failure, not only its message.")
  boolean stackTrace;

  private Sumnet(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Without a command: what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Whether somebody watches stderr. */
  boolean isTerminal() {
    return environment.containsKey(TERMINAL);
  }

  /** The commit that this was built from, or null. */
  String commit() {
    return environment.get(COMMIT);
  }

  /** The checkpoint that {@code --resume} points at, or null. */
  Checkpoint resumed() {
    return resumed;
  }

  public static void main(String[] args) {
    forbidDeserialisation();
    drawWithoutAScreen();
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(execute(System.getenv(), new StandardOutput(), err, args));
  }

  /** Runs a command whose output counts as written only if every byte of it is. */
  static int execute(
      Map<String, String> environment, StandardOutput output, PrintWriter err, String... args) {
    PrintWriter out = new PrintWriter(output, true, StandardCharsets.UTF_8);
    int exitCode = execute(environment, out, err, args);
    out.flush();
    return output.exitCode(exitCode, err);
  }

  /** Pictures go to files; where DISPLAY is set, Java would ask for the screen all the same. */
  private static void drawWithoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  /**
   * Whatever is loaded from a file later: no Java object is deserialised in this JVM, or, where
   * this build has a cluster whose machines send each other such objects, none but of classes that
   * they need. The launcher says the former on the JVM's command line, since setting the filter
   * here makes Java search every jar.
   */
  private static void forbidDeserialisation() {
    if (System.getProperty("jdk.serialFilter") == null) {
      String pattern = Cluster.find().isPresent() ? CLASSES_OF_CLUSTERS + ";!*" : "!*";
      ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter(pattern));
    }
  }

  /**
   * Runs a command.
   *
   * @param environment where option values come from when no flag gives them
   * @return the exit code
   */
  static int execute(
      Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
    CommandLine commandLine =
        commandLine(environment, commands(environment, args)).setOut(out).setErr(err);
    EarlyOptions early = EarlyOptions.at(args);
    OptionSources sources;
    try {
      sources = early.sources(environment);
      commandLine.<Sumnet>getCommand().resumed = early.checkpoint;
    } catch (IOException unreadable) {
      err.println(
          (early.config == null ? "sumnet: SUMNET_CONFIG" : "sumnet: --config")
              + ": cannot read "
              + early.file(environment)
              + ": "
              + FileFailure.cause(unreadable));
      return ExitCode.USAGE.code();
    } catch (RuntimeException failure) {
      return Failures.report(failure, commandLine, early.stackTrace).code();
    }
    try {
      return commandLine
          .setDefaultValueProvider(sources)
          .setExecutionStrategy(parsed -> run(parsed, sources))
          .execute(args);
    } catch (OutOfMemoryError tooLarge) {
      err.println(
          "sumnet: not enough memory: "
              + tooLarge.getMessage()
              + "; a smaller --chunk-size, --batch-size or --threads needs less");
      return ExitCode.INTERNAL_ERROR.code();
    }
  }

  private static int run(ParseResult parsed, OptionSources sources) {
    if (parsed.hasSubcommand() && !parsed.subcommand().isUsageHelpRequested()) {
      sources.requireKnown(parsed.subcommand().commandSpec());
    }
    return new RunLast().execute(parsed);
  }

  /**
   * The command that is named alone, since to read the options of all takes a while; all of them
   * where something may be meant for another one.
   */
  private static List<Class<?>> commands(Map<String, String> environment, String... args) {
    boolean alone = args.length > 0 && !OptionSources.saysAnything(environment);
    return COMMANDS.stream()
        .filter(each -> alone && nameOf(each).equals(args[0]))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(COMMANDS);
  }

  private static String nameOf(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return commandLine(environment, COMMANDS);
  }

  private static CommandLine commandLine(Map<String, String> environment, List<Class<?>> commands) {
    Ansi ansi = environment.containsKey("NO_COLOR") ? Ansi.OFF : Ansi.AUTO;
    Failures failures = new Failures();
    CommandLine root = new CommandLine(new Sumnet(environment));
    commands.forEach(root::addSubcommand);
    if (commands.size() > 1) {
      root.addSubcommand(GenerateCompletion.class);
    }
    CommandLine commandLine = configure(root);
    for (CommandLine command : commandLine.getSubcommands().values()) {
      command.getCommandSpec().usageMessage().footerHeading("%nExamples:%n");
      if (command.getCommandSpec().options().stream().anyMatch(Sumnet::isCount)) {
        command.getCommandSpec().usageMessage().optionListHeading(COUNTS);
      }
    }
    commandLine.getCommandSpec().usageMessage().exitCodeListHeading("Exit codes:%n");
    commandLine.getCommandSpec().usageMessage().exitCodeList(exitCodes());
    return commandLine
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  private static boolean isCount(OptionSpec option) {
    return option.paramLabel().startsWith("N");
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (ExitCode exitCode : ExitCode.values()) {
      meanings.put(Integer.toString(exitCode.code()), exitCode.meaning());
    }
    return meanings;
  }

  /** Teaches a command line to read this project's values. */
  static CommandLine configure(CommandLine commandLine) {
    applyRules(commandLine.getCommandSpec());
    return commandLine
        .registerConverter(int.class, converter(text -> (int) count(text, Integer.MAX_VALUE)))
        .registerConverter(Integer.class, converter(text -> (int) count(text, Integer.MAX_VALUE)))
        .registerConverter(long.class, converter(text -> count(text, Long.MAX_VALUE)))
        .registerConverter(Long.class, converter(text -> count(text, Long.MAX_VALUE)))
        .registerConverter(double.class, converter(RealNumber::parse))
        .registerConverter(DeviceRequest.class, converter(DeviceRequest::parse))
        .registerConverter(Sizes.class, converter(Sizes::parse))
        .registerConverter(FailIf.class, converter(FailIf::parse))
        .registerConverter(BigDecimal.class, converter(DecimalInput::parse))
        .registerConverter(WeightValues.class, converter(WeightValues::parse))
        .registerConverter(InputRange.class, converter(InputRange::parse))
        .registerConverter(Schedule.class, converter(Schedule::parse))
        .registerConverter(Interval.class, converter(Interval::parse));
  }

  private static long count(String text, long most) {
    return Count.parse(text, -most - 1, most);
  }

  /**
   * Makes the same rules hold for every option. Left alone, picocli gives a flag the opposite of
   * its default, which may come from the environment or a file, and names a constant by its Java
   * name as well. All options are put back, since their order is that of the help.
   */
  private static void applyRules(CommandSpec command) {
    for (OptionSpec option : List.copyOf(command.options())) {
      if (option.group() == null && option.scopeType() != ScopeType.INHERIT) {
        command.remove(option);
        command.addOption(withRules(command, option));
      }
    }
    command.subcommands().values().forEach(each -> applyRules(each.getCommandSpec()));
  }

  private static OptionSpec withRules(CommandSpec command, OptionSpec option) {
    if (option.typeInfo().isBoolean() && option.arity().max() == 0) {
      return option.toBuilder().fallbackValue("true").build();
    }
    Class<?> type = option.auxiliaryTypes()[0];
    if (!type.isEnum()) {
      return option;
    }
    List<?> offered =
        Stream.of(type.getEnumConstants())
            .filter(each -> each != OutputFormat.JUNIT || command.name().equals("check"))
            .toList();
    return option.toBuilder()
        .completionCandidates(offered.stream().map(String::valueOf).toList())
        .converters(converter(text -> Choice.parse(offered, text)))
        .build();
  }

  private static <T> ITypeConverter<T> converter(ITypeConverter<T> parse) {
    return text -> {
      try {
        return parse.convert(text);
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(wrong.getMessage());
      }
    };
  }
}
