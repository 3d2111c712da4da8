package io.github.sumnet.cli;

import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.device.HostFacts;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.GradientCheck;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.report.EnvironmentJson;
import io.github.sumnet.report.GradientReportJson;
import io.github.sumnet.report.GradientReportText;
import io.github.sumnet.report.MetricsCsv;
import io.github.sumnet.report.TrainingSummary;
import io.github.sumnet.train.Position;
import io.github.sumnet.train.RunFolder;
import io.github.sumnet.train.StopReason;
import io.github.sumnet.train.Trainer;
import io.github.sumnet.train.TrainingPlan;
import io.github.sumnet.train.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code sumnet train}: checks the gradients, then trains. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Checks the engine's gradients, then trains the network on generated batches.")
final class TrainCommand implements Callable<Integer> {
  /** What may change when a run is resumed, since it leaves the steps themselves as they are. */
  private static final Set<String> FREE_ON_RESUME =
      Set.of(
          "epochs",
          "steps",
          "max-time",
          "patience",
          "evaluate-every",
          "log-every",
          "checkpoint-every",
          "keep");

  /** Held-out samples that losses are measured on. */
  private static final int HELD_OUT_SAMPLES = 65_536;

  @ParentCommand Sumnet root;
  @Spec CommandSpec spec;

  @Mixin PlanOptions options;
  @Mixin EngineOptions engineOptions;
  @Mixin OutOption outOption;

  @Option(
      names = "--resume",
      paramLabel = "last|PATH",
      description =
          "Go on from the newest run's last checkpoint, or from a run folder or checkpoint. The plan"
              + " is the checkpoint's.")
  String resume;

  @Option(names = "--dry-run", description = "Say what would be done, and end.")
  boolean dryRun;

  @Option(
      names = "--print-config",
      description = "Print the values in force, as --config reads them back, and end.")
  boolean printConfig;

  // With a fallback value the flag sets true even where a file or the environment says so already.
  @Option(
      names = "--json",
      fallbackValue = "true",
      description = "Print the summary as one JSON document.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      fallbackValue = "true",
      description = "Show no progress.")
  boolean quiet;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Instant start = Instant.now();
    options.plan(io.github.sumnet.device.Device.CPU);
    Resumption resumption = resume == null ? null : resumption();
    if (printConfig) {
      out().print(PropertiesText.write(OptionSources.inForce(spec)));
      out().flush();
      return ExitCode.OK.code();
    }
    DeviceSelection device = DeviceSelection.onThisMachine(engineOptions.request(options.engine));
    TrainingPlan plan = options.plan(device.device());
    EngineSpec engineSpec = engineSpec(plan, device);
    announce(device);
    if (dryRun) {
      out().print(DryRun.describe(plan, engineSpec, outOption.out));
      out().flush();
      return ExitCode.OK.code();
    }
    RunFolder run = createRunFolder();
    run.write("config.properties", PropertiesText.write(OptionSources.inForce(spec)));
    String environment =
        EnvironmentJson.of(
            Version.current(),
            spec.commandLine().getParseResult().originalArgs(),
            start,
            HostFacts.ofThisMachine(),
            device,
            engineSpec);
    run.write("environment.json", environment);
    BackendBinding.bind(device.device());
    try (Engine engine =
        Engine.create(engineSpec, plan.init().weights(plan.topology(), plan.seed()))) {
      Position from = Position.START;
      if (resumption != null) {
        resumption.checkpoint().restore(resumption.file(), engine.model());
        from = resumption.checkpoint().position();
      }
      GradientReport check = GradientCheck.run(engine, plan.seed());
      run.write("gradient-check.json", GradientReportJson.of(check));
      check.requirePass();
      say(GradientReportText.summary(check));
      try (Interruption interruption = new Interruption()) {
        return report(train(engine, check, plan, from, run, environment, device, interruption));
      }
    }
  }

  private TrainingSummary train(
      Engine engine,
      GradientReport check,
      TrainingPlan plan,
      Position from,
      RunFolder run,
      String environment,
      DeviceSelection device,
      Interruption interruption)
      throws IOException, InterruptedException {
    BatchSource samples =
        new SyntheticBatches(plan.seed(), options.inputRange, plan.slicing().samples());
    BatchSource heldOut =
        SyntheticBatches.heldOut(plan.seed(), options.inputRange, HELD_OUT_SAMPLES);
    double secondsStartup = secondsSinceStart();
    try (MetricsCsv metrics = new MetricsCsv(run.path().resolve("metrics.csv"));
        Progress progress = progress(from.step(), plan)) {
      RunRecorder recorder =
          new RunRecorder(
              run, engine.model(), options.values(), environment, options.keep, metrics, progress);
      Trainer trainer =
          new Trainer(engine, check, plan, samples, heldOut, recorder, interruption::isRequested);
      TrainingResult result = trainer.train(from);
      TrainingSummary summary =
          new TrainingSummary(
              result, check, device.reason(), run.path(), run.last(), secondsStartup);
      run.write("summary.json", summary.toJson());
      return summary;
    }
  }

  private int report(TrainingSummary summary) {
    out().print(json ? summary.toJson() + System.lineSeparator() : summary.toText());
    out().flush();
    if (summary.result().stopReason() != StopReason.INTERRUPTED) {
      return ExitCode.OK.code();
    }
    err()
        .println(
            "sumnet: interrupted; go on with 'sumnet train --resume last" + whereRunsAre() + "'");
    return ExitCode.INTERRUPTED.code();
  }

  private String whereRunsAre() {
    return outOption.out.equals(Path.of(OutOption.DEFAULT)) ? "" : " --out " + outOption.out;
  }

  private Resumption resumption() {
    Resumption resumption = Resumption.find("--resume", resume, outOption.out);
    Map<String, String> saved = resumption.checkpoint().plan();
    options
        .values()
        .forEach(
            (name, value) -> {
              if (!FREE_ON_RESUME.contains(name) && !value.equals(saved.get(name))) {
                throw new ParameterException(
                    spec.commandLine(),
                    "--"
                        + name
                        + " "
                        + value
                        + " cannot change when a run is resumed: the checkpoint was made with "
                        + saved.getOrDefault(name, "the default"));
              }
            });
    return resumption;
  }

  private EngineSpec engineSpec(TrainingPlan plan, DeviceSelection device) {
    int threads = engineOptions.threads(options.engine, device.device());
    if (threads < 1) {
      throw new ParameterException(
          spec.commandLine(), "--threads must be at least 1, not " + threads);
    }
    try {
      return new EngineSpec(
          options.engine,
          device.device(),
          plan.precision(),
          plan.topology(),
          plan.updater(),
          threads);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--engine: " + wrong.getMessage());
    }
  }

  private RunFolder createRunFolder() throws IOException {
    try {
      return RunFolder.create(outOption.out);
    } catch (IOException unwritable) {
      throw new ParameterException(
          spec.commandLine(),
          "--out: cannot make a run folder in "
              + outOption.out
              + ": "
              + Failures.reason(unwritable));
    }
  }

  private void announce(DeviceSelection device) {
    if (device.fellBack()) {
      say("training on the CPU: " + device.reason());
    }
    String warning = options.warning();
    if (warning != null) {
      err().println("warning: " + warning);
    }
  }

  private void say(String line) {
    if (!quiet) {
      err().println(line);
    }
  }

  private Progress progress(long firstStep, TrainingPlan plan) {
    if (quiet) {
      return Progress.none();
    }
    long end = plan.stop().endStep(plan.slicing().stepsPerEpoch());
    long known = end == Long.MAX_VALUE ? -1 : end;
    return root.isTerminal() ? Progress.bar(firstStep, known) : Progress.lines(err(), known);
  }

  private static double secondsSinceStart() {
    Instant now = Instant.now();
    Instant start = ProcessHandle.current().info().startInstant().orElse(now);
    return Duration.between(start, now).toNanos() / 1e9;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
