package io.github.sumnet.cli;

import io.github.sumnet.cli.option.ConsoleOption;
import io.github.sumnet.cli.option.DeviceOption;
import io.github.sumnet.cli.option.ModelOptions;
import io.github.sumnet.cli.option.OutputOption;
import io.github.sumnet.cli.option.ReplayOptions;
import io.github.sumnet.cli.option.ThreadsOption;
import io.github.sumnet.cli.progress.CountProgress;
import io.github.sumnet.data.Count;
import io.github.sumnet.data.OptionException;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.gradcheck.CheckResult;
import io.github.sumnet.gradcheck.CheckedNetwork;
import io.github.sumnet.gradcheck.GradientCheck;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.HealthyTrials;
import io.github.sumnet.gradcheck.MutantResult;
import io.github.sumnet.gradcheck.SelfTest;
import io.github.sumnet.gradcheck.SelfTestResult;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.WorkedExample;
import io.github.sumnet.report.check.CheckReport;
import io.github.sumnet.report.check.FaultList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sumnet check}: are the gradients right, and where not? */
@Command(
    name = "check",
    description =
        "Judges an engine's forward values, loss, gradients and steps against the truth in decimal"
            + " arithmetic. Exit code 0 if all of them pass, 3 if a value is wrong, 8 if none is but not"
            + " all could be judged. One case that is given in every number ends with 0 if all"
            + " its values lie within their bounds, so that 'git bisect run' can use it.",
    footer = {
      "  # Are the gradients of the default engine right?",
      "  sumnet check",
      "  # Those of the fused engine, for 8 hidden units, in double.",
      "  sumnet check --engine fused --hidden 8 --precision double",
      "  # Those of a network of your own, in float and double.",
      "  sumnet check --layers 4:8:tanh,3:softmax --loss mcxent",
      "  # Is the check itself able to find faults?",
      "  sumnet check --self-test"
    })
final class CheckCommand extends SumnetCommand {
  @Option(
      names = "--engine",
      defaultValue = "dl4j",
      description = "What is judged: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  EngineType engine;

  @Mixin DeviceOption deviceOption;

  @Option(
      names = "--precision",
      split = ",",
      description = "${COMPLETION-CANDIDATES} (default: all that engine and device know).")
  List<Precision> precisions = List.of();

  @Option(
      names = "--hidden",
      paramLabel = "H",
      split = ",",
      defaultValue = "1,2,3,8",
      description = "Numbers of hidden units (default: ${DEFAULT-VALUE}).")
  List<Integer> hidden;

  @Mixin ThreadsOption threadsOption;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "What the random designs are drawn from (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--form",
      defaultValue = "full",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); short is what train runs.")
  Form form;

  @Option(
      names = "--self-test",
      description =
          "Test the check as well: plant faults that it must catch, and try healthy engines on random"
              + " cases that must not alarm it.")
  boolean selfTest;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Healthy trials of --self-test (default: ${DEFAULT-VALUE}).")
  long trials;

  @Option(
      names = "--mutant",
      paramLabel = "NAME",
      description =
          "Check a network with one of the faults that --self-test plants, to see what the check says"
              + " of it; --list-faults names them.")
  Fault mutant;

  @Option(
      names = "--list-faults",
      description = "Print the faults that --mutant takes, and check nothing.")
  boolean listFaults;

  @ArgGroup(exclusive = false, heading = "One case instead of all, as a failure prints it:%n")
  ReplayOptions replay;

  @ArgGroup(exclusive = false, heading = "A network of your own instead of the 2-H-1 network:%n")
  ModelOptions models;

  @Mixin OutputOption output;

  @Mixin ConsoleOption console;

  @Override
  public Integer call() throws InterruptedException, IOException {
    output.check();
    if (listFaults) {
      output.print(new FaultList());
      return ExitCode.OK.code();
    }
    if (trials < 1) {
      throw new OptionException("--trials must be at least 1, not " + trials);
    }
    List<CheckedNetwork> networks =
        (models == null ? engines() : models())
            .stream().filter(each -> mutant == null || each.takes(mutant)).toList();
    if (networks.isEmpty()) {
      throw new OptionException(
          "--mutant " + mutant + " cannot be planted in such a network: " + mutant.needs());
    }
    if (replay != null) {
      replay.require(networks);
    }
    BackendBinding.bind(networks.get(0).device());
    CheckResult result = check(networks);
    SelfTestResult selfTestResult = selfTest ? selfTest(networks) : null;
    output.print(new CheckReport(result, Optional.ofNullable(selfTestResult)));
    boolean missed = selfTest && selfTestResult.verdict() == Verdict.FAIL;
    return (missed ? ExitCode.GRADIENT_MISMATCH : exitCode(result.verdict())).code();
  }

  private List<CheckedNetwork> models() {
    models.require(selfTest);
    BackendBinding.bind(Device.CPU);
    return models.networks(precisions.isEmpty() ? List.of(Precision.values()) : precisions, seed);
  }

  private static ExitCode exitCode(Verdict verdict) {
    return switch (verdict) {
      case PASS, IN_BOUNDS -> ExitCode.OK;
      case FAIL -> ExitCode.GRADIENT_MISMATCH;
      case INCONCLUSIVE -> ExitCode.NOT_CERTIFIED;
    };
  }

  private CheckResult check(List<CheckedNetwork> networks) throws InterruptedException {
    List<GradientReport> reports = new ArrayList<>();
    for (CheckedNetwork each : networks) {
      console.say(
          "checking %s on %s in %s, %s"
              .formatted(
                  mutant == null ? each.name() : mutant,
                  each.place(),
                  each.precision(),
                  each.description()));
      reports.add(check(each));
    }
    return new CheckResult(reports);
  }

  private GradientReport check(CheckedNetwork network) throws InterruptedException {
    if (replay != null) {
      return GradientCheck.replay(network, mutant, seed, replay.weights(), replay.steps());
    }
    return mutant == null
        ? GradientCheck.run(network, form, seed)
        : GradientCheck.ofFault(mutant, network, seed);
  }

  private SelfTestResult selfTest(List<CheckedNetwork> networks) throws InterruptedException {
    console.say("planting faults");
    List<CheckedNetwork> planted = models == null ? textbooks(networks) : networks;
    List<MutantResult> mutants = SelfTest.plantAll(planted, seed);
    console.say("trying healthy engines, " + Count.of(trials, "time"));
    List<CheckedNetwork> tried =
        networks.stream()
            .map(
                each ->
                    each.engine().map(spec -> CheckedNetwork.of(spec.withThreads(1))).orElse(each))
            .toList();
    try (CountProgress progress =
        new CountProgress("trials", trials, !console.isQuiet() && root.isTerminal())) {
      return new SelfTestResult(
          mutants, HealthyTrials.run(tried, seed, trials, trial -> progress.accept(1)));
    }
  }

  /** Faults are planted in a network of two hidden units, in plain Java: it rounds as the CPU. */
  private static List<CheckedNetwork> textbooks(List<CheckedNetwork> networks) {
    return networks.stream()
        .map(CheckedNetwork::precision)
        .distinct()
        .sorted()
        .map(
            precision ->
                CheckedNetwork.of(
                    new EngineSpec(
                        EngineType.DL4J,
                        Device.CPU,
                        precision,
                        Topology.DEFAULT,
                        UpdaterConfig.sgd(WorkedExample.LEARNING_RATE),
                        1)))
        .toList();
  }

  private List<CheckedNetwork> engines() {
    List<Topology> topologies =
        hidden.stream()
            .map(width -> OptionException.checked("--hidden", () -> new Topology(width)))
            .toList();
    threadsOption.require();
    DeviceSelection device = deviceOption.select(engine, precisions.contains(Precision.DOUBLE));
    List<Precision> judged = precisions(device);
    console.announce("checking", engine, device, judged.contains(Precision.FLOAT));
    List<CheckedNetwork> networks = new ArrayList<>();
    for (Precision precision : judged) {
      for (Topology topology : topologies) {
        networks.add(
            CheckedNetwork.of(
                new EngineSpec(
                    engine,
                    device.device(),
                    device.number(),
                    precision,
                    topology,
                    UpdaterConfig.sgd(WorkedExample.LEARNING_RATE),
                    threadsOption.inForce(engine, device.device()))));
      }
    }
    return networks;
  }

  private List<Precision> precisions(DeviceSelection device) {
    if (engine == EngineType.REFERENCE) {
      if (precisions.contains(Precision.FLOAT)) {
        throw new OptionException("--precision must be double with --engine reference, not float");
      }
      return List.of(Precision.DOUBLE);
    }
    if (!precisions.isEmpty()) {
      return precisions;
    }
    if (device.openCl().filter(openCl -> !openCl.doubles()).isPresent()) {
      console.warn(device.openCl().get() + " does not compute in double: only float is checked");
      return List.of(Precision.FLOAT);
    }
    return List.of(Precision.values());
  }
}
