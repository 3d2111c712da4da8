package io.github.sumnet.train;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.Choice;
import io.github.sumnet.data.Count;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.OptionException;
import io.github.sumnet.data.RealNumber;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.data.file.DataFiles;
import io.github.sumnet.data.file.SampleFiles;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineProvider;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All that determines a run. It is read from and written as option names and values: checkpoints,
 * {@code config.properties} and {@code --print-config} have the same ones.
 *
 * @param engine what computes
 * @param training the steps
 * @param inputRange where generated inputs lie
 * @param files where the samples come from; null if they are generated
 * @param keep how many checkpoints to keep beside last and best
 */
public record RunPlan(
    EngineType engine, TrainingPlan training, InputRange inputRange, SampleFiles files, int keep) {
  public static final int DEFAULT_EPOCHS = 20;
  public static final int DEFAULT_BATCH_SIZE = 16_384;
  public static final long LEAST_STEPS_TO_EVALUATION = 20;
  public static final long MOST_STEPS_TO_EVALUATION = 1_000;

  /** Half mean squared error that is worth a warning when it cannot be undercut. */
  private static final double NEGLIGIBLE_LOSS = 1e-6;

  private static final String FILE = "data";
  private static final String SAMPLES = "samples";
  private static final String DATA_FINGERPRINT = "data-fingerprint";
  private static final String HELD_OUT_FINGERPRINT = "held-out-fingerprint";

  /** What a plan says of each option; null stands for what is not said. */
  private static final Map<String, Function<RunPlan, Object>> OPTIONS = options();

  /**
   * What may change when a run is resumed, since it leaves the steps themselves as they are, but
   * for their last bits where another engine takes them.
   */
  private static final Set<String> FREE_ON_RESUME =
      Set.of(
          "engine",
          "epochs",
          "steps",
          "max-time",
          "patience",
          "evaluate-every",
          "log-every",
          "checkpoint-every",
          "keep",
          "any-target");

  private static Map<String, Function<RunPlan, Object>> options() {
    Map<String, Function<RunPlan, Object>> options = new LinkedHashMap<>();
    options.put("engine", RunPlan::engine);
    options.put("precision", plan -> plan.training.precision());
    options.put("hidden", plan -> plan.training.topology().hidden());
    options.put("seed", plan -> plan.training.seed());
    options.put("init", plan -> plan.training.init());
    options.put("input-range", RunPlan::inputRange);
    options.put(SAMPLES, plan -> plan.training.slicing().samples());
    options.put(FILE, plan -> plan.ofFiles(SampleFiles::data));
    options.put("held-out", plan -> plan.ofFiles(SampleFiles::heldOut));
    options.put("shuffle", plan -> plan.ofFiles(SampleFiles::shuffle));
    options.put("any-target", plan -> plan.ofFiles(files -> files.anyTarget() ? true : null));
    options.put(DATA_FINGERPRINT, plan -> plan.ofFiles(SampleFiles::dataFingerprint));
    options.put(HELD_OUT_FINGERPRINT, plan -> plan.ofFiles(SampleFiles::heldOutFingerprint));
    options.put("batch-size", plan -> plan.training.slicing().batchSize());
    options.put("chunk-size", plan -> plan.training.slicing().chunkSize());
    options.put("updater", plan -> plan.training.updater().kind());
    options.put("learning-rate", plan -> plan.training.updater().learningRate());
    options.put("schedule", plan -> plan.training.updater().schedule());
    options.put("epochs", plan -> limit(plan.training.stop().epochs()));
    options.put("steps", plan -> limit(plan.training.stop().steps()));
    options.put(
        "max-time",
        plan ->
            plan.training.stop().seconds() == 0
                ? null
                : Interval.ofSeconds(plan.training.stop().seconds()));
    options.put("patience", plan -> plan.training.stop().patience());
    options.put("evaluate-every", plan -> plan.training.evaluateEvery());
    options.put("log-every", plan -> plan.training.logEvery());
    options.put("checkpoint-every", plan -> plan.training.checkpointEvery());
    options.put("keep", RunPlan::keep);
    return options;
  }

  private <T> T ofFiles(Function<SampleFiles, T> property) {
    return files == null ? null : property.apply(files);
  }

  private static Long limit(long count) {
    return count == 0 ? null : (Long) count;
  }

  /** The names of the options that a plan consists of. */
  public static Set<String> optionNames() {
    return OPTIONS.keySet();
  }

  /**
   * The plan as option names and values, with nothing left to defaults: a run that is resumed does
   * not depend on the defaults, or the device, of its day.
   */
  public Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    OPTIONS.forEach(
        (name, option) -> {
          Object value = option.apply(this);
          if (value != null) {
            properties.put(name, value.toString());
          }
        });
    return properties;
  }

  /**
   * Reads a plan.
   *
   * @param properties option values by name
   * @param device where it will be computed, which some defaults depend on
   * @throws OptionException if a value is wrong or missing; the message names the option
   */
  public static RunPlan of(Map<String, String> properties, Device device) {
    Set<String> unknown = new TreeSet<>(properties.keySet());
    unknown.removeAll(OPTIONS.keySet());
    if (!unknown.isEmpty()) {
      throw new OptionException("there is no option called " + String.join(", ", unknown));
    }
    Values values = new Values(properties);
    EngineType engine = values.oneOf("engine", EngineType.class);
    int batchSize = (int) values.count("batch-size", 1, Integer.MAX_VALUE);
    long samples = values.count(SAMPLES, 1, Long.MAX_VALUE);
    Precision precision =
        values.has("precision")
            ? values.oneOf("precision", Precision.class)
            : engine == EngineType.REFERENCE ? Precision.DOUBLE : Precision.FLOAT;
    require(
        engine != EngineType.REFERENCE || precision == Precision.DOUBLE,
        "--precision",
        "double with --engine reference",
        precision);
    int hidden = (int) values.count("hidden", Integer.MIN_VALUE, Integer.MAX_VALUE);
    Topology topology = OptionException.checked("--hidden", () -> new Topology(hidden));
    long seed = values.count("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    Init init =
        values.has("init")
            ? values.oneOf("init", Init.class)
            : topology.equals(Topology.DEFAULT) ? Init.WORKED_EXAMPLE : Init.XAVIER;
    OptionException.checked("--init", () -> init.weights(topology, seed));
    Slicing slicing =
        new Slicing(
            samples,
            batchSize,
            values.has("chunk-size")
                ? (int) values.count("chunk-size", 1, Batch.MOST_SAMPLES)
                : engine.chunkSize(device, batchSize));
    UpdaterConfig.Kind kind = values.oneOf("updater", UpdaterConfig.Kind.class);
    Schedule schedule = values.read("schedule", Schedule::parse);
    UpdaterConfig updater =
        OptionException.checked(
            "--learning-rate",
            () ->
                new UpdaterConfig(kind, values.read("learning-rate", RealNumber::parse), schedule));
    StopRule stop = values.stopRule();
    long evaluateEvery =
        values.has("evaluate-every")
            ? values.count("evaluate-every", 1, Long.MAX_VALUE)
            : Math.min(
                Math.max(slicing.stepsPerEpoch(), LEAST_STEPS_TO_EVALUATION),
                MOST_STEPS_TO_EVALUATION);
    long logEvery = values.count("log-every", 1, Long.MAX_VALUE);
    Interval checkpointEvery = values.read("checkpoint-every", Interval::parse);
    return new RunPlan(
        engine,
        OptionException.checked(
            "--steps or --epochs",
            () ->
                new TrainingPlan(
                    topology,
                    precision,
                    seed,
                    init,
                    slicing,
                    updater,
                    stop,
                    evaluateEvery,
                    logEvery,
                    checkpointEvery)),
        values.read("input-range", InputRange::parse),
        values.files(),
        (int) values.count("keep", 0, Integer.MAX_VALUE));
  }

  /** Option values that are still text. */
  private record Values(Map<String, String> texts) {
    boolean has(String name) {
      return texts.containsKey(name);
    }

    <T> T read(String name, Function<String, T> parse) {
      String text = texts.get(name);
      require(text != null, "--" + name, "given", "left out");
      return OptionException.checked("--" + name, () -> parse.apply(text));
    }

    long count(String name, long least, long most) {
      long count = read(name, text -> Count.parse(text, Long.MIN_VALUE, Long.MAX_VALUE));
      String expected =
          most < Integer.MAX_VALUE
              ? "from " + least + " to " + most
              : least == 0 ? "0 or more" : "at least " + least;
      require(count >= least && count <= most, "--" + name, expected, count);
      return count;
    }

    private long limit(String name) {
      return has(name) ? count(name, 1, Long.MAX_VALUE) : 0;
    }

    <E extends Enum<E>> E oneOf(String name, Class<E> type) {
      return read(name, text -> Choice.parse(type, text));
    }

    StopRule stopRule() {
      long epochs = limit("epochs");
      long steps = limit("steps");
      Interval time = has("max-time") ? read("max-time", Interval::parse) : null;
      require(time == null || time.isTime(), "--max-time", "a time such as 30s", time);
      boolean unlimited = epochs == 0 && steps == 0 && time == null;
      return new StopRule(
          unlimited ? DEFAULT_EPOCHS : epochs,
          steps,
          time == null ? 0 : time.seconds(),
          (int) count("patience", 0, Integer.MAX_VALUE));
    }

    SampleFiles files() {
      return has(FILE)
          ? new SampleFiles(
              Path.of(texts.get(FILE)),
              has("held-out") ? Path.of(texts.get("held-out")) : null,
              Boolean.parseBoolean(texts.getOrDefault("shuffle", "true")),
              Boolean.parseBoolean(texts.get("any-target")),
              texts.get(DATA_FINGERPRINT),
              texts.get(HELD_OUT_FINGERPRINT))
          : null;
    }
  }

  private static void require(boolean holds, String flag, String expected, Object found) {
    if (!holds) {
      throw new OptionException(flag + " must be " + expected + ", not " + found);
    }
  }

  /** What is known of files once they are opened, by option. */
  public static Map<String, String> known(DataFiles files) {
    Map<String, String> known = new TreeMap<>();
    known.put(SAMPLES, Long.toString(files.trainingRows()));
    known.put(DATA_FINGERPRINT, files.chosen().dataFingerprint());
    if (files.chosen().heldOutFingerprint() != null) {
      known.put(HELD_OUT_FINGERPRINT, files.chosen().heldOutFingerprint());
    }
    return known;
  }

  /**
   * Refuses to go on with other steps.
   *
   * @param given option values by name
   * @throws OptionException if one differs from this plan's that has to be the same
   */
  public void requireSameSteps(Map<String, String> given) {
    Map<String, String> own = properties();
    given.forEach(
        (name, value) -> {
          if (!FREE_ON_RESUME.contains(name) && !value.equals(own.get(name))) {
            throw new OptionException(
                "--%s %s cannot change when a run is resumed: the checkpoint was made with %s"
                    .formatted(name, value, own.getOrDefault(name, "the default")));
          }
        });
  }

  /** What the user should know before it runs. */
  public List<String> warnings() {
    return Stream.of(smallerBatches(), unreachableTargets()).filter(Objects::nonNull).toList();
  }

  /** About a batch size that was asked for; the default one means as many as there are. */
  private String smallerBatches() {
    Slicing slicing = training.slicing();
    return slicing.batchSize() <= slicing.samples() || slicing.batchSize() == DEFAULT_BATCH_SIZE
        ? null
        : String.format(
            Locale.ROOT,
            "--batch-size %d: an epoch has %s, so a step takes %s",
            slicing.batchSize(),
            Count.of(slicing.samples(), "sample"),
            Count.of(slicing.samples()));
  }

  private String unreachableTargets() {
    double floor = inputRange.smallestReachableLoss();
    return files != null || floor <= NEGLIGIBLE_LOSS
        ? null
        : String.format(
            Locale.ROOT,
            "--input-range %s: targets x1 + x2 reach from %s to %s, but a sigmoid's output stays"
                + " between 0 and 1; no training can bring the loss below %.3g",
            inputRange,
            2 * inputRange.low(),
            2 * inputRange.high(),
            floor);
  }

  /**
   * The engine that computes it.
   *
   * @param deviceNumber which of the machine's OpenCL devices; 0 on any other
   */
  public EngineSpec engineSpec(Device device, int deviceNumber, int threads) {
    return new EngineSpec(
        engine,
        device,
        deviceNumber,
        training.precision(),
        training.topology(),
        training.updater(),
        threads);
  }

  /**
   * Begins to warm up, in the background, what computes and generates on the CPU. To be called as
   * early as the plan is known.
   */
  public void warmUp() {
    EngineSpec onCpu = engineSpec(Device.CPU, 0, 1);
    EngineProvider.of(onCpu).warmUp(onCpu);
    if (files == null) {
      SyntheticBatches.warmUp(inputRange, training.precision());
    }
  }
}
