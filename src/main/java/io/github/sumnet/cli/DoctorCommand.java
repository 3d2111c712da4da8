package io.github.sumnet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sumnet doctor}: which backends and devices are there, why not, and what to do. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Shows which backends and devices can be used, and how to mend what cannot.")
final class DoctorCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println("CPU");
    return ExitCode.OK.code();
  }
}
