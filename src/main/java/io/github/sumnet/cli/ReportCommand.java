package io.github.sumnet.cli;

import io.github.sumnet.cli.option.OutOption;
import io.github.sumnet.data.file.AtomicFile;
import io.github.sumnet.data.file.FileFailure;
import io.github.sumnet.report.document.HtmlRenderer;
import io.github.sumnet.report.run.RunFiles;
import io.github.sumnet.report.run.TrainedModel;
import io.github.sumnet.report.run.TrainingReport;
import io.github.sumnet.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sumnet report}: a training run as a page, drawn when somebody wants to look at it. */
@Command(
    name = "report",
    description =
        "Draws a training run into its folder, report.html to read and loss.png, and prints where the"
            + " page is. The run may have ended, failed or been killed, and may still train.",
    footer = {
      "  # The newest run.",
      "  sumnet report",
      "  # Another one.",
      "  sumnet report runs/train/0001"
    })
final class ReportCommand extends SumnetCommand {
  private static final String PAGE = "report.html";
  private static final int WIDTH = 900;
  private static final int HEIGHT = 540;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      defaultValue = "last",
      description = "'last' or the folder of a run (default: ${DEFAULT-VALUE}).")
  String run;

  @Mixin OutOption outOption;

  @Override
  public Integer call() throws IOException {
    RunFolder folder = RunFolder.find("RUN", run, outOption.folder());
    RunFiles files = RunFiles.read(folder);
    Optional<TrainedModel> model =
        Files.exists(folder.last())
            ? Optional.of(
                TrainedModel.of(
                    RunFolder.checkpoint("RUN", folder.path().toString(), outOption.folder())))
            : Optional.empty();
    model
        .flatMap(TrainedModel::unread)
        .ifPresent(reason -> err().println("warning: what was learned cannot be drawn: " + reason));
    String name = folder.path().toRealPath().getFileName().toString();
    draw(folder, new TrainingReport(name, files, model));
    out().println(folder.path().resolve(PAGE));
    return ExitCode.OK.code();
  }

  private static void draw(RunFolder folder, TrainingReport report) throws IOException {
    try {
      byte[] loss = report.loss().picture(WIDTH, HEIGHT).png();
      folder.write(PAGE, HtmlRenderer.render(report.document()));
      AtomicFile.write(folder.path().resolve("loss.png"), loss);
    } catch (RuntimeException | Error undrawn) {
      // Where Java has no graphics it says so with an Error.
      throw new IllegalStateException(
          "the run cannot be drawn: " + FileFailure.deepReason(undrawn), undrawn);
    }
  }
}
