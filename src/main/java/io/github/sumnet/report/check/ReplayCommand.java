package io.github.sumnet.report.check;

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
  /** Linux takes arguments of 128 KiB; a number has up to 24 characters. */
  private static final int MOST_NUMBERS = 5400;

  private ReplayCommand() {}

  static String of(GradientReport report, Failure failure) {
    StringBuilder command = new StringBuilder("scripts/sumnet check");
    report.subject().arguments().forEach(a -> command.append(' ').append(ShellWord.of(a)));
    command.append(" --seed ").append(report.seed());
    report.planted().ifPresent(mutant -> command.append(" --mutant ").append(mutant));
    long numbers = failure.weights().length;
    for (Samples step : failure.steps()) {
      numbers += step.rows().stream().mapToInt(row -> row.length).sum();
    }
    if (numbers > MOST_NUMBERS) {
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
