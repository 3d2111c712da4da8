package io.github.sumnet.cli;

import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.run.BenchJournal;
import io.github.sumnet.bench.run.BenchRun;
import io.github.sumnet.cli.option.BenchOptions;
import io.github.sumnet.cli.option.ConsoleOption;
import io.github.sumnet.cli.option.FormatOption;
import io.github.sumnet.cli.option.OutOption;
import io.github.sumnet.cli.option.ThreadsOption;
import io.github.sumnet.cli.progress.BenchProgress;
import io.github.sumnet.data.OptionException;
import io.github.sumnet.data.file.AtomicFile;
import io.github.sumnet.data.file.UnusableFileException;
import io.github.sumnet.report.bench.BenchReport;
import io.github.sumnet.report.document.OutputFormat;
import io.github.sumnet.train.run.NumberedFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sumnet bench}: CPU or GPU, which engine, from which batch size on? */
@Command(
    name = BenchCommand.NAME,
    description =
        "Measures training steps of engines on devices over batch sizes, and says which is fastest"
            + " where.",
    footer = {
      "  # Which engine is fastest here, and from which batch size on?",
      "  sumnet bench",
      "  # Two engines on the CPU, at two batch sizes.",
      "  sumnet bench --engines dl4j,fused --devices cpu --batch-sizes 1024,65536"
    })
final class BenchCommand extends SumnetCommand {
  static final String NAME = "bench";
  static final String RESULT = "bench.json";

  @Mixin BenchOptions options;
  @Mixin ThreadsOption threadsOption;

  @Mixin FormatOption format;

  @Mixin OutOption outOption;

  @Option(
      names = "--resume",
      paramLabel = "last|PATH",
      description = "Go on with the newest benchmark, or with that of a folder.")
  String resume;

  @Mixin ConsoleOption console;

  @Override
  public Integer call() throws IOException {
    format.check();
    threadsOption.require();
    List<Long> jobSamples = options.jobSamples();
    // What is closed last lets the JVM end: everything is written by then.
    try (Interruption interruption = new Interruption();
        BenchJournal journal = resume == null ? begun() : resumed()) {
      boolean complete = measure(journal, interruption);
      BenchResult result = BenchResult.of(journal, complete, jobSamples);
      AtomicFile.write(
          journal.folder().resolve(RESULT), result.toJson().getBytes(StandardCharsets.UTF_8));
      return report(result, journal.folder());
    }
  }

  private BenchJournal begun() throws IOException {
    BenchPlan plan = options.plan(threadsOption);
    BenchEnvironment environment = environment(plan);
    return BenchJournal.create(outOption.create(out -> runs(out).create()), environment, plan);
  }

  private BenchEnvironment environment(BenchPlan plan) {
    return BenchEnvironment.ofThisMachine(
        Version.current(), root.commit(), spec.commandLine().getParseResult().originalArgs(), plan);
  }

  private static NumberedFolders runs(Path out) {
    return NumberedFolders.of(out, NAME);
  }

  private BenchJournal resumed() throws IOException {
    options.refuseWith(this::isGiven);
    try {
      return BenchJournal.resume(journalToResume(), this::environment);
    } catch (BenchJournal.InUseException running) {
      throw new OptionException(
          "--resume: "
              + running.getMessage()
              + "; wait for its end, or give the folder of another benchmark");
    }
  }

  private Path journalToResume() throws IOException {
    if (resume.equals("last")) {
      return runs(outOption.folder()).newestFirst().stream()
          .map(folder -> folder.resolve(BenchJournal.NAME))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow(
              () ->
                  new UnusableFileException(
                      "--resume last: there is no benchmark in " + outOption.folder()));
    }
    Path path = Path.of(resume);
    Path file = Files.isDirectory(path) ? path.resolve(BenchJournal.NAME) : path;
    if (!Files.isRegularFile(file)) {
      throw new UnusableFileException(
          "--resume: there is no " + file + "; give 'last' or the folder of a benchmark");
    }
    return file;
  }

  private boolean measure(BenchJournal journal, Interruption interruption) throws IOException {
    BenchRun run = new BenchRun(journal, interruption::isRequested);
    BenchProgress.Form form =
        console.isQuiet()
            ? BenchProgress.Form.NOTHING
            : root.isTerminal() ? BenchProgress.Form.ONE_LINE : BenchProgress.Form.LINES;
    try (BenchProgress progress =
        new BenchProgress(journal.plan(), run.visitsLeft(), form, console.err())) {
      return run.run(progress);
    }
  }

  private int report(BenchResult result, Path folder) throws IOException {
    String run = folder.toAbsolutePath().normalize().getFileName().toString();
    BenchReport report = new BenchReport(run, result);
    format.print(report);
    boolean drawn = report.draw(folder, console.err());
    if (format.inForce() == OutputFormat.TEXT) {
      out().printf("%nEverything measured: %s%n", folder.resolve(RESULT));
      if (drawn) {
        out().println("To read: " + folder.resolve(BenchReport.PAGE));
      }
      out().flush();
    }
    if (result.complete()) {
      return (result.isAnythingMeasured() ? ExitCode.OK : nothingMeasured(result)).code();
    }
    console.err().println("sumnet: interrupted; go on with 'sumnet bench --resume " + folder + "'");
    return ExitCode.INTERRUPTED.code();
  }

  /** Where devices are missing, that is the reason; otherwise every process has failed. */
  private ExitCode nothingMeasured(BenchResult result) {
    boolean noDevice =
        result.environment().devices().stream().allMatch(state -> state.problem() != null);
    console
        .err()
        .println(
            "sumnet: nothing could be measured: "
                + result.rows().get(0).problem()
                + (noDevice
                    ? "; 'sumnet doctor' shows the devices, --devices cpu needs none"
                    : ""));
    return noDevice ? ExitCode.DEVICE_UNAVAILABLE : ExitCode.INTERNAL_ERROR;
  }
}
