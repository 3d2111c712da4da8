package io.github.sumnet.cli;

import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.result.Change;
import io.github.sumnet.bench.result.Comparison;
import io.github.sumnet.cli.option.FailIf;
import io.github.sumnet.cli.option.OutputOption;
import io.github.sumnet.data.OptionException;
import io.github.sumnet.report.bench.ComparisonReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sumnet compare}: what changed from one benchmark to another? */
@Command(
    name = "compare",
    description = "Compares two benchmarks row by row.",
    footer = {
      "  # Has anything become slower by more than 5 percent?",
      "  sumnet compare before.json after.json --fail-if throughput:5%%"
    })
final class CompareCommand extends SumnetCommand {
  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "The benchmark before: its folder, or its bench.json.")
  Path before;

  @Parameters(index = "1", paramLabel = "B", description = "The benchmark after, likewise.")
  Path after;

  @Option(
      names = "--fail-if",
      paramLabel = "throughput:P%",
      description =
          "End with exit code 6 if a row lost more than P %% of its samples a second and the loss is"
              + " not within the noise, or if a row cannot be measured any more.")
  FailIf failIf;

  @Mixin OutputOption output;

  @Override
  public Integer call() throws IOException {
    output.check();
    Comparison comparison = Comparison.of(read("A", before), read("B", after));
    if (comparison.changes().isEmpty() && comparison.lost().isEmpty()) {
      throw new OptionException(
          before + " and " + after + " have no measured row in common: nothing can be compared");
    }
    output.print(new ComparisonReport(comparison));
    return failIf == null ? ExitCode.OK.code() : judge(comparison);
  }

  private Comparison.Side read(String which, Path path) throws IOException {
    Path file = Files.isDirectory(path) ? path.resolve(BenchCommand.RESULT) : path;
    if (!Files.isRegularFile(file)) {
      throw new OptionException(
          which
              + ": there is no "
              + file
              + "; give the folder of a benchmark (such as runs/bench/0001) or its bench.json");
    }
    return new Comparison.Side(file.toString(), BenchResult.read(file));
  }

  private int judge(Comparison comparison) {
    List<Change> regressions = comparison.regressions(failIf.share());
    PrintWriter err = err();
    for (Change change : regressions) {
      err.printf(
          Locale.ROOT,
          "sumnet: regression: %s lost %.1f %% of its rate [%.1f, %.1f]%n",
          change.benchCase(),
          -100 * change.relative(),
          -100 * change.high(),
          -100 * change.low());
    }
    for (Change change : comparison.changes()) {
      if (change.isDoubtfulLoss(failIf.share())) {
        err.printf(
            Locale.ROOT,
            "sumnet: not judged: %s lost %.1f %% of its rate, but %s%n",
            change.benchCase(),
            -100 * change.relative(),
            change.doubt());
      }
    }
    comparison
        .lost()
        .forEach(
            (row, problem) ->
                err.println(
                    "sumnet: regression: %s was not measured in %s: %s"
                        .formatted(row, comparison.after().name(), problem)));
    return regressions.isEmpty() && comparison.lost().isEmpty()
        ? ExitCode.OK.code()
        : ExitCode.REGRESSION.code();
  }
}
