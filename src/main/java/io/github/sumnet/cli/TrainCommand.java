package io.github.sumnet.cli;

import io.github.sumnet.cli.option.ConsoleOption;
import io.github.sumnet.cli.option.DeviceOption;
import io.github.sumnet.cli.option.FormatOption;
import io.github.sumnet.cli.option.MasterOption;
import io.github.sumnet.cli.option.OptionSources;
import io.github.sumnet.cli.option.OutOption;
import io.github.sumnet.cli.option.PlanOptions;
import io.github.sumnet.cli.option.ThreadsOption;
import io.github.sumnet.cli.progress.CountProgress;
import io.github.sumnet.cli.progress.TrainingProgress;
import io.github.sumnet.data.Count;
import io.github.sumnet.data.file.DataFiles;
import io.github.sumnet.data.file.PropertiesText;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.device.DeviceUnavailableException;
import io.github.sumnet.device.HostFacts;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.Precision;
import io.github.sumnet.report.check.GradientCheckReport;
import io.github.sumnet.report.document.Json;
import io.github.sumnet.report.document.OutputFormat;
import io.github.sumnet.report.run.PlannedRun;
import io.github.sumnet.report.run.TrainingSummary;
import io.github.sumnet.train.Checkpoint;
import io.github.sumnet.train.MemoryNeed;
import io.github.sumnet.train.Pace;
import io.github.sumnet.train.Position;
import io.github.sumnet.train.RunPlan;
import io.github.sumnet.train.RunSamples;
import io.github.sumnet.train.StopReason;
import io.github.sumnet.train.TrainingPlan;
import io.github.sumnet.train.run.Cluster;
import io.github.sumnet.train.run.DeviceLostException;
import io.github.sumnet.train.run.Progress;
import io.github.sumnet.train.run.RunEnvironment;
import io.github.sumnet.train.run.RunFolder;
import io.github.sumnet.train.run.RunListener;
import io.github.sumnet.train.run.RunResult;
import io.github.sumnet.train.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sumnet train}: checks the gradients, then trains. */
@Command(
    name = "train",
    description = "Checks the engine's gradients, then trains on generated or stored samples.",
    footer = {
      "  # Learn x1 + x2, with the defaults.",
      "  sumnet train",
      "  # A minute of the fast engine, a hundred million samples to an epoch.",
      "  sumnet train --engine fused --samples 100M --max-time 1m",
      "  # Samples of a file, of which the last tenth is held out.",
      "  sumnet train --data samples.npy --epochs 50",
      "  # Go on where the last run ended.",
      "  sumnet train --resume last --epochs 40"
    })
final class TrainCommand extends SumnetCommand {
  @Mixin PlanOptions options;
  @Mixin DeviceOption deviceOption;

  @Mixin MasterOption masterOption;
  @Mixin ThreadsOption threadsOption;
  @Mixin OutOption outOption;

  @Option(
      names = "--resume",
      paramLabel = "last|PATH",
      description =
          "Go on from the newest run's last checkpoint, or from a run folder or checkpoint. The plan"
              + " is the checkpoint's.")
  String resume;

  @Option(
      names = "--check",
      defaultValue = "short",
      description =
          "The gradient check before training: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}; full takes some seconds).")
  Form check;

  @Option(names = "--dry-run", description = "Say what would be done, and end.")
  boolean dryRun;

  @Option(
      names = "--print-config",
      description = "Print the values in force, as --config reads them back, and end.")
  boolean printConfig;

  @Mixin FormatOption format;

  @Mixin ConsoleOption console;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Instant start = Instant.now();
    format.check();
    options.requireOneOrigin(this::isGiven);
    Checkpoint from = root.resumed();
    Map<String, String> values = options.values();
    Optional<EngineType> chosen = options.chooseEngine(values, deviceOption::fastest);
    RunPlan wished = from == null ? RunPlan.of(values, Device.CPU) : resumed(from, values);
    boolean inDouble = wished.training().precision() == Precision.DOUBLE;
    threadsOption.require();
    if (printConfig) {
      Device likely = deviceOption.likely(wished.engine(), inDouble);
      return print(PropertiesText.write(configuration(RunPlan.of(values, likely))));
    }
    if (!dryRun) {
      wished.warmUp();
    }
    Cluster cluster = masterOption.isGiven() ? masterOption.cluster() : null;
    DeviceSelection device =
        cluster == null
            ? deviceOption.select(wished.engine(), inDouble)
            : masterOption.deviceOfDriver(deviceOption);
    DataFiles files = wished.files() == null ? null : DataFiles.open(wished.files());
    if (files != null) {
      values.putAll(RunPlan.known(files));
    }
    RunPlan plan = RunPlan.of(values, device.device());
    EngineSpec engineSpec =
        plan.engineSpec(
            device.device(),
            device.number(),
            threadsOption.inForce(plan.engine(), device.device()));
    HostFacts host = HostFacts.ofThisMachine();
    if (from != null) {
      from.requireMoreToDo(plan.training());
    }
    MemoryNeed.requireRoom(
        plan.training(), engineSpec, Runtime.getRuntime().maxMemory(), host.memoryBytes());
    chosen.ifPresent(
        engine ->
            console.say(
                "--engine auto takes " + engine + ", the fastest on " + engineSpec.place()));
    announce(device, plan, files, from);
    if (dryRun) {
      String master = masterOption.master();
      PlannedRun run = new PlannedRun(plan, engineSpec, device, master, files, outOption.folder());
      format.print(run);
      return ExitCode.OK.code();
    }
    RunSamples samples =
        files == null ? RunSamples.generated(plan) : checked(files, plan.training());
    RunFolder folder = outOption.create(RunFolder::create);
    folder.write(RunFolder.CONFIGURATION, PropertiesText.write(configuration(plan)));
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    Path begun = from == null ? null : from.file();
    RunEnvironment environment =
        RunEnvironment.of(Version.current(), arguments, start, host, device, engineSpec, begun);
    String provenance = Json.write(environment);
    folder.write(RunFolder.ENVIRONMENT, provenance);
    TrainingRun run =
        new TrainingRun(
            plan,
            engineSpec,
            check,
            samples,
            provenance,
            from,
            folder,
            new Listener(folder, plan.training()),
            local ->
                cluster == null
                    ? local
                    : cluster.engine(masterOption.master(), local, plan, console::say));
    try (Interruption interruption = new Interruption()) {
      RunResult result = run.execute(interruption::isRequested);
      TrainingSummary summary =
          new TrainingSummary(
              result.training(),
              result.check(),
              device.reason(),
              samples.file(),
              samples.inputs(),
              folder.path(),
              folder.last(),
              begun,
              result.startup());
      folder.write(RunFolder.SUMMARY, OutputFormat.JSON.of(summary));
      return report(summary);
    } catch (DeviceLostException lost) {
      throw withWayOn(lost);
    }
  }

  /** Writes and shows what a run comes to on its way. */
  private final class Listener implements RunListener {
    private final RunFolder folder;
    private final TrainingPlan plan;

    Listener(RunFolder folder, TrainingPlan plan) {
      this.folder = folder;
      this.plan = plan;
    }

    @Override
    public void checked(GradientReport report) throws IOException {
      folder.write(RunFolder.GRADIENT_CHECK, OutputFormat.JSON.of(new GradientCheckReport(report)));
      if (report.verdict() == Verdict.PASS) {
        console.say(new GradientCheckReport(report).summary());
      }
    }

    @Override
    public Progress begins(Position from) {
      if (console.isQuiet()) {
        return Progress.NONE;
      }
      Pace pace = new Pace(plan.stop(), plan.slicing().stepsPerEpoch(), from);
      return root.isTerminal()
          ? TrainingProgress.bar(pace)
          : TrainingProgress.lines(console.err(), pace);
    }
  }

  private int print(String text) {
    out().print(text);
    out().flush();
    return ExitCode.OK.code();
  }

  private int report(TrainingSummary summary) {
    format.print(summary);
    if (summary.result().stopReason() != StopReason.INTERRUPTED) {
      return ExitCode.OK.code();
    }
    console
        .err()
        .println(
            "sumnet: interrupted; go on with 'sumnet train --resume last" + whereRunsAre() + "'");
    return ExitCode.INTERRUPTED.code();
  }

  private String whereRunsAre() {
    return outOption.folder().equals(Path.of(OutOption.DEFAULT))
        ? ""
        : " --out " + outOption.folder();
  }

  private Map<String, String> configuration(RunPlan plan) {
    return OptionSources.inForce(spec, plan.properties());
  }

  /** The plan of a run that goes on: the checkpoint's, with what may change. */
  private RunPlan resumed(Checkpoint from, Map<String, String> values) {
    String dropped = PlanOptions.preferGivenLimits(values, this::isGiven);
    if (!dropped.isEmpty()) {
      console.say("the limits given take the place of the checkpoint's " + dropped);
    }
    from.plan().requireSameSteps(values);
    return RunPlan.of(values, Device.CPU);
  }

  private DeviceUnavailableException withWayOn(DeviceLostException lost) {
    boolean spread = masterOption.isGiven();
    return new DeviceUnavailableException(
        (spread ? "" : "OpenCL: ")
            + lost.getMessage()
            + "; the last checkpoint is whole, of step "
            + lost.step()
            + ": go on with 'sumnet train --resume last "
            + (spread ? "--master " + masterOption.master() : "--device cpu")
            + whereRunsAre()
            + "'",
        lost);
  }

  private void announce(DeviceSelection device, RunPlan plan, DataFiles files, Checkpoint from) {
    console.announce(
        "training", plan.engine(), device, plan.training().precision() == Precision.FLOAT);
    plan.warnings().forEach(console::warn);
    if (files != null) {
      files.warnings().forEach(console::warn);
    }
    if (from != null) {
      from.warnings().forEach(console::warn);
    }
  }

  /** Reads every sample once before any is trained on. */
  private RunSamples checked(DataFiles files, TrainingPlan plan) {
    long rows = files.trainingRows() + files.heldOutRows();
    long start = System.nanoTime();
    DataFiles.Checked checked;
    try (CountProgress progress =
        new CountProgress("checking data", rows, !console.isQuiet() && root.isTerminal())) {
      checked = files.check(plan.precision(), progress);
    }
    files.warnings(checked).forEach(console::warn);
    console.say(
        String.format(
            Locale.ROOT,
            "data: %s to train on and %,d held out, all checked in %.1f s",
            Count.of(files.trainingRows(), "sample"),
            files.heldOutRows(),
            (System.nanoTime() - start) / 1e9));
    return RunSamples.stored(files, checked, plan.seed());
  }
}
