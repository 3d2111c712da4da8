package io.github.sumnet.cli;

import io.github.sumnet.device.Device;
import io.github.sumnet.train.Checkpoint;
import io.github.sumnet.train.CheckpointException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** Reads a checkpoint's plan with the command line's own parser. */
@Command(name = "plan")
final class SavedPlan {
  @Mixin PlanOptions plan;

  /** The names of the options that a plan consists of. */
  static Set<String> optionNames() {
    return new CommandLine(new SavedPlan())
        .getCommandSpec().options().stream().map(OptionSources::name).collect(Collectors.toSet());
  }

  /**
   * The options that the checkpoint carries.
   *
   * @throws CheckpointException if they are not valid ones
   */
  static PlanOptions of(Path file, Checkpoint checkpoint) {
    SavedPlan saved = new SavedPlan();
    OptionSources sources = new OptionSources(Map.of(), file.toString(), checkpoint.plan());
    try {
      CommandLine commandLine = Sumnet.configure(new CommandLine(saved));
      commandLine.setDefaultValueProvider(sources);
      commandLine.parseArgs();
      sources.requireKnown(commandLine.getCommandSpec());
      saved.plan.plan(Device.CPU);
      return saved.plan;
    } catch (ParameterException invalid) {
      throw new CheckpointException(
          file + " holds no valid plan: " + CheckpointException.printable(invalid.getMessage()),
          invalid);
    }
  }
}
