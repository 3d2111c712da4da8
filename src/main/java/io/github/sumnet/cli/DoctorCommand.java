package io.github.sumnet.cli;

import io.github.sumnet.device.Diagnosis;
import io.github.sumnet.report.DiagnosisFormat;
import io.github.sumnet.report.JsonDiagnosis;
import io.github.sumnet.report.MarkdownDiagnosis;
import io.github.sumnet.report.TextDiagnosis;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sumnet doctor}: which backends and devices are there, why not, and what to do. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Shows which backends and devices can be used, and how to mend what cannot.",
    footer = {
      "  # What can be used on this machine, and what is missing for the rest?",
      "  sumnet doctor",
      "  # The same, to paste into an issue.",
      "  sumnet doctor --markdown"
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin CommonOptions common;

  @Option(names = "--json", description = "Print one JSON document.")
  boolean json;

  @Option(names = "--markdown", description = "Print Markdown, to paste into an issue.")
  boolean markdown;

  @Override
  public Integer call() {
    if (json && markdown) {
      throw new ParameterException(
          spec.commandLine(), "expected one of --json and --markdown, not both");
    }
    Diagnosis diagnosis = Diagnosis.ofThisMachine(Version.current());
    spec.commandLine().getOut().println(format().format(diagnosis));
    return (diagnosis.cpu().works() ? ExitCode.OK : ExitCode.DEVICE_UNAVAILABLE).code();
  }

  private DiagnosisFormat format() {
    if (json) {
      return new JsonDiagnosis();
    }
    return markdown ? new MarkdownDiagnosis() : new TextDiagnosis();
  }
}
