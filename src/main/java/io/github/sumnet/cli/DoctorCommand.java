package io.github.sumnet.cli;

import io.github.sumnet.cli.option.OutputOption;
import io.github.sumnet.device.Diagnosis;
import io.github.sumnet.report.DiagnosisReport;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sumnet doctor}: which backends and devices are there, why not, and what to do. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Shows which backends and devices can be used, and how to fix what cannot.",
    footer = {
      "  # What can be used on this machine, and what is missing for the rest?",
      "  sumnet doctor",
      "  # The same, to paste into an issue.",
      "  sumnet doctor --markdown"
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin OutputOption output;

  @Override
  public Integer call() throws IOException {
    output.check();
    Diagnosis diagnosis = Diagnosis.ofThisMachine(Version.current());
    output.print(new DiagnosisReport(diagnosis));
    return (diagnosis.cpu().works() ? ExitCode.OK : ExitCode.DEVICE_UNAVAILABLE).code();
  }
}
