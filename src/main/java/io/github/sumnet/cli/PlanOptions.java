package io.github.sumnet.cli;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.Count;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.data.file.DataFiles;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.train.Init;
import io.github.sumnet.train.Interval;
import io.github.sumnet.train.StopRule;
import io.github.sumnet.train.TrainingPlan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What determines a training run. A checkpoint carries these options, so that it can go on. */
final class PlanOptions {
  private static final int DEFAULT_EPOCHS = 20;
  private static final int DEFAULT_BATCH_SIZE = 16_384;
  private static final long LEAST_STEPS_TO_EVALUATION = 20;
  private static final long MOST_STEPS_TO_EVALUATION = 1_000;

  /** Half mean squared error that is worth a warning when it cannot be undercut. */
  private static final double NEGLIGIBLE_LOSS = 1e-6;

  private static final List<String> OF_GENERATED = List.of("--samples", "--input-range");
  private static final List<String> OF_STORED = List.of("--held-out", "--shuffle", "--any-target");

  private static final List<String> LIMITS = List.of("epochs", "steps", "max-time");

  @Spec(Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--engine",
      defaultValue = "dl4j",
      description = "What computes: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  EngineType engine;

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
      defaultValue = "" + DEFAULT_BATCH_SIZE,
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
          "End after so many epochs (default: " + DEFAULT_EPOCHS + " if nothing else ends it).")
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
              + LEAST_STEPS_TO_EVALUATION
              + " and at most "
              + MOST_STEPS_TO_EVALUATION
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

  /** The plan for a device, all defaults resolved; wrong values name their flag. */
  TrainingPlan plan(Device device) {
    require(batchSize >= 1, "--batch-size", "at least 1", batchSize);
    require(samples >= 1, "--samples", "at least 1", samples);
    require(
        chunkSize == null || (chunkSize >= 1 && chunkSize <= Batch.MOST_SAMPLES),
        "--chunk-size",
        "from 1 to " + Batch.MOST_SAMPLES,
        chunkSize);
    require(epochs == null || epochs >= 1, "--epochs", "at least 1", epochs);
    require(steps == null || steps >= 1, "--steps", "at least 1", steps);
    require(patience >= 0, "--patience", "0 or more", patience);
    require(
        evaluateEvery == null || evaluateEvery >= 1,
        "--evaluate-every",
        "at least 1",
        evaluateEvery);
    require(logEvery >= 1, "--log-every", "at least 1", logEvery);
    require(keep >= 0, "--keep", "0 or more", keep);
    require(maxTime == null || maxTime.isTime(), "--max-time", "a time such as 30s", maxTime);
    require(
        engine != EngineType.REFERENCE || precision != Precision.FLOAT,
        "--precision",
        "double with --engine reference",
        precision);
    Topology topology = checked("--hidden", () -> new Topology(hidden));
    Slicing slicing = new Slicing(samples, batchSize, chunkSize(device));
    UpdaterConfig updaterConfig =
        checked("--learning-rate", () -> new UpdaterConfig(updater, learningRate, schedule));
    Init chosenInit = init(topology);
    checked("--init", () -> chosenInit.weights(topology, seed));
    return checked(
        "--steps or --epochs",
        () ->
            new TrainingPlan(
                topology,
                precisionInForce(),
                seed,
                chosenInit,
                slicing,
                updaterConfig,
                stopRule(),
                evaluateEvery(slicing),
                logEvery,
                checkpointEvery));
  }

  /**
   * Writes down what was left to defaults, so that a resumed run does not depend on the defaults,
   * or the device, of its day.
   */
  void settle(TrainingPlan plan) {
    precision = plan.precision();
    init = plan.init();
    chunkSize = plan.slicing().chunkSize();
    evaluateEvery = plan.evaluateEvery();
    epochs = plan.stop().epochs() == 0 ? null : (Long) plan.stop().epochs();
    if (data.data != null) {
      data.shuffle = data.files().shuffle();
    }
  }

  /**
   * Refuses flags that contradict each other.
   *
   * @param given whether a flag was given on the command line
   */
  void requireOneOrigin(Predicate<String> given) {
    boolean stored = data.data != null;
    for (String flag : stored ? OF_GENERATED : OF_STORED) {
      if (given.test(flag)) {
        throw wrong(
            stored
                ? flag + " is about generated samples and cannot go with --data " + data.data
                : flag + " is about samples in a file and needs --data");
      }
    }
  }

  /** Opens the files that the samples come from, or returns null if they are generated. */
  DataFiles openFiles() {
    if (data.data == null) {
      return null;
    }
    DataFiles files = DataFiles.open(data.files());
    data.dataFingerprint = files.chosen().dataFingerprint();
    data.heldOutFingerprint = files.chosen().heldOutFingerprint();
    samples = files.trainingRows();
    return files;
  }

  /**
   * Forgets the limits that a checkpoint came with where any other was given by a flag.
   *
   * @return those that no flag replaces, in words
   */
  String preferGivenLimits(Predicate<String> given) {
    if (LIMITS.stream().noneMatch(limit -> given.test("--" + limit))) {
      return "";
    }
    String dropped =
        OptionSources.inForce(command).entrySet().stream()
            .filter(value -> LIMITS.contains(value.getKey()) && !given.test("--" + value.getKey()))
            .map(value -> "--" + value.getKey() + " " + value.getValue())
            .collect(Collectors.joining(" and "));
    epochs = given.test("--epochs") ? epochs : null;
    steps = given.test("--steps") ? steps : null;
    maxTime = given.test("--max-time") ? maxTime : null;
    return dropped;
  }

  /** What the user should know about the plan before it runs. */
  List<String> warnings() {
    return Stream.of(smallerBatches(), reach()).filter(Objects::nonNull).toList();
  }

  /** About a batch size that was asked for; the default one means as many as there are. */
  private String smallerBatches() {
    return batchSize <= samples || batchSize == DEFAULT_BATCH_SIZE
        ? null
        : String.format(
            Locale.ROOT,
            "--batch-size %d: an epoch has %s, so a step takes %s",
            batchSize,
            Count.of(samples, "sample"),
            Count.of(samples));
  }

  private String reach() {
    double floor = inputRange.smallestReachableLoss();
    if (data.data != null || floor <= NEGLIGIBLE_LOSS) {
      return null;
    }
    return String.format(
        Locale.ROOT,
        "--input-range %s: targets x1 + x2 reach from %s to %s, but a sigmoid's output stays"
            + " between 0 and 1; no training can bring the loss below %.3g",
        inputRange,
        2 * inputRange.low(),
        2 * inputRange.high(),
        floor);
  }

  /** These options' values in force, by name: what a checkpoint carries. */
  Map<String, String> values() {
    Map<String, String> values = new TreeMap<>(OptionSources.inForce(command));
    values.keySet().retainAll(SavedPlan.optionNames());
    return values;
  }

  private Precision precisionInForce() {
    if (precision != null) {
      return precision;
    }
    return engine == EngineType.REFERENCE ? Precision.DOUBLE : Precision.FLOAT;
  }

  private Init init(Topology topology) {
    if (init != null) {
      return init;
    }
    return topology.equals(Topology.DEFAULT) ? Init.WORKED_EXAMPLE : Init.XAVIER;
  }

  private int chunkSize(Device device) {
    return chunkSize == null ? engine.chunkSize(device, batchSize) : chunkSize;
  }

  private long evaluateEvery(Slicing slicing) {
    return evaluateEvery == null
        ? Math.min(
            Math.max(slicing.stepsPerEpoch(), LEAST_STEPS_TO_EVALUATION), MOST_STEPS_TO_EVALUATION)
        : evaluateEvery;
  }

  private StopRule stopRule() {
    boolean unlimited = epochs == null && steps == null && maxTime == null;
    long limit = unlimited ? DEFAULT_EPOCHS : (epochs == null ? 0 : epochs);
    return new StopRule(
        limit, steps == null ? 0 : steps, maxTime == null ? 0 : maxTime.seconds(), patience);
  }

  private void require(boolean holds, String flag, String expected, Object found) {
    if (!holds) {
      throw wrong(flag + " must be " + expected + ", not " + found);
    }
  }

  private <T> T checked(String flag, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException wrong) {
      throw wrong(flag + ": " + wrong.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
