package io.github.sumnet.report.check;

import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.diagnosis.Failure;
import io.github.sumnet.gradcheck.step.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The command that shows a failure again: all numbers in hexadecimal, which loses no bit. A case
 * that is too long for a command line is left to the whole check, which comes to it as well.
 */
final class ReplayCommand {
  /** Linux takes arguments of 128 KiB; a sample has up to 70 characters. */
  private static final int MOST_SAMPLES = 1800;

  private ReplayCommand() {}

  static String of(GradientReport report, Failure failure) {
    EngineSpec engine = report.engine();
    StringBuilder command = new StringBuilder("scripts/sumnet check");
    command.append(" --engine ").append(engine.type());
    command.append(" --device ").append(engine.place());
    command.append(" --precision ").append(engine.precision());
    command.append(" --hidden ").append(engine.topology().hidden());
    command.append(" --threads ").append(engine.threads());
    command.append(" --seed ").append(report.seed());
    report.planted().ifPresent(mutant -> command.append(" --mutant ").append(mutant));
    if (failure.samples() > MOST_SAMPLES) {
      return command.append(" --form ").append(report.form()).toString();
    }
    command.append(" --weights=").append(hex(failure.weights()));
    for (Samples step : failure.steps()) {
      command.append(" --step='").append(chunks(step.chunks())).append('\'');
    }
    return command.toString();
  }

  private static String chunks(List<List<double[]>> chunks) {
    return chunks.stream()
        .map(chunk -> chunk.stream().map(ReplayCommand::hex).collect(Collectors.joining(" ")))
        .collect(Collectors.joining(" / "));
  }

  private static String hex(double... values) {
    return Arrays.stream(values).mapToObj(Double::toHexString).collect(Collectors.joining(","));
  }
}
