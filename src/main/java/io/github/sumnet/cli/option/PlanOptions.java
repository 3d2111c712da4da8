package io.github.sumnet.cli.option;

import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.OptionException;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.Precision;
import io.github.sumnet.train.Init;
import io.github.sumnet.train.Interval;
import io.github.sumnet.train.RunPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What determines a training run. A checkpoint carries these options, so that it can go on. */
public final class PlanOptions {
  private static final List<String> OF_GENERATED = List.of("--samples", "--input-range");
  private static final List<String> OF_STORED = List.of("--held-out", "--shuffle", "--any-target");

  private static final List<String> LIMITS = List.of("epochs", "steps", "max-time");

  @Spec(Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--engine",
      defaultValue = "dl4j",
      description =
          "What computes: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). auto takes the"
              + " fastest for the device and says which.")
  EngineChoice engine;

  @Option(
      names = "--precision",
      description = "${COMPLETION-CANDIDATES} (default: float; the reference engine knows double).")
  Precision precision;

  @Option(
      names = "--hidden",
      paramLabel = "H",
      defaultValue = "2",
      description = "Hidden units (default: ${DEFAULT-VALUE}).")
  int hidden;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "What weights and samples are drawn from (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--init",
      description =
          "Initial weights: ${COMPLETION-CANDIDATES} (default: worked-example for 2 hidden units,"
              + " else xavier).")
  Init init;

  @Option(
      names = "--input-range",
      paramLabel = "LOW:HIGH",
      defaultValue = "0.0:0.5",
      description = "x1 and x2 are uniform in [LOW, HIGH) (default: ${DEFAULT-VALUE}).")
  InputRange inputRange;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "1048576",
      description = "Generated samples in an epoch (default: ${DEFAULT-VALUE}).")
  long samples;

  @Mixin DataOptions data;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "" + RunPlan.DEFAULT_BATCH_SIZE,
      description = "Samples in a step (default: ${DEFAULT-VALUE}).")
  int batchSize;

  @Option(
      names = "--chunk-size",
      paramLabel = "N",
      description =
          "Samples computed together; the threads share a batch's chunks (default: "
              + Slicing.CPU_CHUNK
              + " on the CPU, "
              + Slicing.FUSED_CHUNK
              + " with the fused engine, the batch on a GPU).")
  Integer chunkSize;

  @Option(
      names = "--updater",
      defaultValue = "adam",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  UpdaterConfig.Kind updater;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      defaultValue = "0.1",
      description = "The updater's learning rate η (default: ${DEFAULT-VALUE}).")
  double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "SCHEDULE",
      defaultValue = "constant",
      description =
          "How the learning rate changes, such as step:0.5:1000, by iteration or with @epoch at the"
              + " end by epoch; see src/site/markdown/training.md (default: ${DEFAULT-VALUE}).")
  Schedule schedule;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "End after so many epochs (default: "
              + RunPlan.DEFAULT_EPOCHS
              + " if nothing else ends it).")
  Long epochs;

  @Option(names = "--steps", paramLabel = "N", description = "End after so many steps.")
  Long steps;

  @Option(
      names = "--max-time",
      paramLabel = "TIME",
      description = "End after so much training time, such as 30s, 5m or 2h.")
  Interval maxTime;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "0",
      description = "End after N evaluations in a row without a better loss (default: never).")
  int patience;

  @Option(
      names = "--evaluate-every",
      paramLabel = "STEPS",
      description =
          "Steps between evaluations on held-out samples (default: an epoch, but at least "
              + RunPlan.LEAST_STEPS_TO_EVALUATION
              + " and at most "
              + RunPlan.MOST_STEPS_TO_EVALUATION
              + ").")
  Long evaluateEvery;

  @Option(
      names = "--log-every",
      paramLabel = "STEPS",
      defaultValue = "20",
      description = "Steps between measurements of the training loss (default: ${DEFAULT-VALUE}).")
  long logEvery;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "INTERVAL",
      defaultValue = "30s",
      description =
          "A time such as 30s, or a number of steps such as 10k (default: ${DEFAULT-VALUE}).")
  Interval checkpointEvery;

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Checkpoints to keep under their step's number, beside last and best (default:"
              + " ${DEFAULT-VALUE}).")
  int keep;

  /** These options' values, by name; of options that are left to a default there is none. */
  public Map<String, String> values() {
    data.makeAbsolute();
    Map<String, String> values = new TreeMap<>(OptionSources.inForce(command, Map.of()));
    values.keySet().retainAll(RunPlan.optionNames());
    return values;
  }

  /**
   * Puts an engine in the place of {@link EngineChoice#AUTO}.
   *
   * @param values of these options, to be changed
   * @param fastest the fastest engine, given whether it has to compute in double
   * @return what was chosen; empty where an engine was named
   */
  public Optional<EngineType> chooseEngine(
      Map<String, String> values, Function<Boolean, EngineType> fastest) {
    if (engine != EngineChoice.AUTO) {
      return Optional.empty();
    }
    EngineType chosen = fastest.apply(precision == Precision.DOUBLE);
    values.put("engine", chosen.toString());
    return Optional.of(chosen);
  }

  /**
   * Refuses flags that contradict each other.
   *
   * @param given whether a flag was given on the command line
   */
  public void requireOneOrigin(Predicate<String> given) {
    boolean stored = data.data != null;
    for (String flag : stored ? OF_GENERATED : OF_STORED) {
      if (given.test(flag)) {
        throw new OptionException(
            stored
                ? flag + " is about generated samples and cannot go with --data " + data.data
                : flag + " is about samples in a file and needs --data");
      }
    }
  }

  /**
   * Forgets the limits that a checkpoint came with where any other was given by a flag.
   *
   * @param values of these options, to be changed
   * @return those that no flag replaces, in words
   */
  public static String preferGivenLimits(Map<String, String> values, Predicate<String> given) {
    if (LIMITS.stream().noneMatch(limit -> given.test("--" + limit))) {
      return "";
    }
    List<String> dropped =
        LIMITS.stream()
            .filter(limit -> !given.test("--" + limit) && values.containsKey(limit))
            .toList();
    return dropped.stream()
        .map(limit -> "--" + limit + " " + values.remove(limit))
        .collect(Collectors.joining(" and "));
  }
}
