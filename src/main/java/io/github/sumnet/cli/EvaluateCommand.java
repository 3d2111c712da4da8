package io.github.sumnet.cli;

import io.github.sumnet.cli.option.DeviceOption;
import io.github.sumnet.cli.option.FormatOption;
import io.github.sumnet.cli.option.OutOption;
import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.InputBounds;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.OptionException;
import io.github.sumnet.data.RealNumber;
import io.github.sumnet.data.StoredBatches;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.data.file.DataFiles;
import io.github.sumnet.data.file.SampleCheck;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.network.Precision;
import io.github.sumnet.report.run.EvaluationSummary;
import io.github.sumnet.report.run.EvaluationSummary.Prediction;
import io.github.sumnet.train.Checkpoint;
import io.github.sumnet.train.Evaluation;
import io.github.sumnet.train.RunPlan;
import io.github.sumnet.train.TrainingPlan;
import io.github.sumnet.train.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sumnet evaluate}: a trained model on generated or stored samples. */
@Command(
    name = "evaluate",
    description = "Measures a trained model on generated or stored samples, or lets it predict.",
    footer = {
      "  # How well does the model of the last run do on samples it has not seen?",
      "  sumnet evaluate",
      "  # What does it predict for 0.1 + 0.2, and for 0.3 + 0.4?",
      "  sumnet evaluate --predict=0.1,0.2 --predict=0.3,0.4",
      "  # The model of another run, on the samples of a file.",
      "  sumnet evaluate runs/train/0001 --data samples.csv"
    })
final class EvaluateCommand extends SumnetCommand {
  private static final List<String> OF_GENERATED = List.of("--samples", "--seed", "--input-range");
  private static final List<String> OF_SAMPLES =
      List.of("--data", "--samples", "--seed", "--input-range");

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      defaultValue = "last",
      description = "'last', a run folder or a checkpoint (default: ${DEFAULT-VALUE}).")
  String model;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A .npy or .csv file of samples (default: generated samples).")
  Path data;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "1048576",
      description = "How many samples are generated (default: ${DEFAULT-VALUE}).")
  long samples;

  @Option(
      names = "--seed",
      description = "What they are drawn from (default: the model's; never its training samples).")
  Long seed;

  @Option(
      names = "--input-range",
      paramLabel = "LOW:HIGH",
      description = "Where they are drawn from (default: the model's).")
  InputRange inputRange;

  @Option(
      names = "--predict",
      paramLabel = "x1,x2",
      description = "Print the prediction for these inputs instead; may be repeated.")
  List<String> predict = List.of();

  @Mixin DeviceOption deviceOption;
  @Mixin OutOption outOption;

  @Mixin FormatOption format;

  @Override
  public Integer call() throws InterruptedException {
    format.check();
    if (samples < 1) {
      throw new OptionException("--samples must be at least 1, not " + samples);
    }
    requireUse(data != null, "--data", OF_GENERATED);
    requireUse(!predict.isEmpty(), "--predict", OF_SAMPLES);
    List<double[]> inputs = predict.stream().map(this::pair).toList();
    Checkpoint saved = RunFolder.checkpoint("MODEL", model, outOption.folder());
    RunPlan plan = saved.plan();
    if (predict.isEmpty()) {
      plan.warmUp();
    }
    TrainingPlan training = plan.training();
    for (double[] x : inputs) {
      warnOutside(saved.inputs(), new InputBounds(x[0], x[0], x[1], x[1]), "an input of --predict");
    }
    if (inputRange != null) {
      warnOutside(saved.inputs(), InputBounds.of(inputRange), "--input-range " + inputRange);
    }
    BatchSource source = predict.isEmpty() ? source(plan) : null;
    DeviceSelection device =
        deviceOption.select(plan.engine(), training.precision() == Precision.DOUBLE);
    BackendBinding.bind(device.device());
    if (source instanceof StoredBatches stored) {
      InputBounds asked =
          new SampleCheck(stored, training.precision(), true, checked -> {})
              .check(0, stored.samples())
              .inputs();
      warnOutside(saved.inputs(), asked, "--data " + data + " with inputs " + asked.ranges());
    }
    EngineSpec engineSpec =
        plan.engineSpec(
            device.device(),
            device.number(),
            plan.engine().threads(device.device(), Runtime.getRuntime().availableProcessors()));
    try (Engine engine =
        Engine.create(engineSpec, training.init().weights(training.topology(), training.seed()))) {
      saved.restore(engine.model());
      format.print(
          new EvaluationSummary(
              saved.file(),
              engineSpec,
              source == null ? Optional.empty() : Optional.of(Evaluation.of(engine, source)),
              predictions(engine, inputs)));
    }
    return ExitCode.OK.code();
  }

  private BatchSource source(RunPlan plan) {
    if (data != null) {
      return DataFiles.open("--data", data);
    }
    return SyntheticBatches.heldOut(
        seed == null ? plan.training().seed() : seed,
        inputRange == null ? plan.inputRange() : inputRange,
        samples);
  }

  /** Refuses flags that another one leaves without use. */
  private void requireUse(boolean without, String flag, List<String> unused) {
    for (String each : unused) {
      if (without && isGiven(each)) {
        throw new OptionException(each + " has no use with " + flag + ": leave one of them out");
      }
    }
  }

  /** Beyond the inputs that a model was trained on, nothing is known of what it does. */
  private void warnOutside(InputBounds trained, InputBounds asked, String what) {
    if (trained != null && trained.areExceededBy(asked)) {
      err()
          .printf(
              "warning: %s lies outside %s, which the model was trained on: expect larger errors%n",
              what, trained.ranges());
    }
  }

  private static List<Prediction> predictions(Engine engine, List<double[]> inputs) {
    List<Prediction> predictions = new ArrayList<>();
    Batch batch = Batch.allocate(engine.spec().precision(), 1);
    batch.resize(1);
    for (double[] x : inputs) {
      batch.set(0, x[0], x[1], x[0] + x[1]);
      predictions.add(new Prediction(x[0], x[1], engine.predict(batch)[0]));
    }
    return predictions;
  }

  private double[] pair(String text) {
    int comma = text.indexOf(',');
    try {
      double x1 = RealNumber.parse(text.substring(0, Math.max(comma, 0)));
      double x2 = RealNumber.parse(text.substring(comma + 1));
      if (Double.isFinite(x1) && Double.isFinite(x2)) {
        return new double[] {x1, x2};
      }
    } catch (NumberFormatException notNumbers) {
      // Falls through to the same complaint as infinities.
    }
    throw new OptionException(
        "--predict expects two finite numbers such as 0.1,0.2, not '" + text + "'");
  }
}
