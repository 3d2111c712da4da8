package io.github.sumnet.report.run;

import io.github.sumnet.data.file.AtomicFile;
import io.github.sumnet.data.file.FileFailure;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.report.chart.Picture;
import io.github.sumnet.report.document.HtmlRenderer;
import io.github.sumnet.train.RunSamples;
import io.github.sumnet.train.StopReason;
import io.github.sumnet.train.TrainingResult;
import io.github.sumnet.train.run.RunEnvironment;
import io.github.sumnet.train.run.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Draws a run that has ended into its folder: {@code loss.png} and {@code report.html}.
 *
 * @param configuration the option values in force
 * @param environment where and how the run was made
 * @param err is told if nothing can be drawn
 */
public record RunDrawings(
    RunFolder folder,
    Map<String, String> configuration,
    RunEnvironment environment,
    RunSamples samples,
    PrintWriter err) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 540;

  /**
   * Draws a run that came to its end, or was interrupted.
   *
   * @throws IOException if what is drawn cannot be written
   */
  public void draw(TrainingSummary summary) throws IOException {
    TrainingResult result = summary.result();
    draw(
        summary.check(),
        "This run "
            + (result.stopReason() == StopReason.INTERRUPTED ? "was " : "")
            + result.stopReason().ending()
            + ". "
            + summary.learned(),
        Optional.of(result));
  }

  /** Draws one that failed, as far as it came. */
  public void drawFailed(GradientReport check, Exception failure) {
    try {
      draw(check, "This run failed: " + FileFailure.reason(failure) + ".", Optional.empty());
    } catch (IOException unwritten) {
      undrawn(unwritten);
    }
  }

  private void draw(GradientReport check, String ending, Optional<TrainingResult> result)
      throws IOException {
    try {
      MetricsHistory history = MetricsHistory.read(folder.path().resolve("metrics.csv"));
      Picture loss = history.lossChart().picture(WIDTH, HEIGHT);
      // Beside the report, as far as there are cores: whoever started the run waits for both.
      CompletableFuture<byte[]> picture = CompletableFuture.supplyAsync(loss::png);
      TrainingReport report =
          new TrainingReport(
              folder.path().getFileName().toString(),
              configuration,
              environment,
              check,
              history,
              ending,
              result,
              result.map(this::learned));
      folder.write("report.html", HtmlRenderer.render(report.document()));
      AtomicFile.write(folder.path().resolve("loss.png"), picture.join());
    } catch (RuntimeException | Error undrawn) {
      // Where Java has no graphics it says so with an Error; the training is done, whatever it is.
      undrawn(undrawn);
    }
  }

  private void undrawn(Throwable reason) {
    err.println("warning: the run could not be drawn: " + FileFailure.deepReason(reason));
  }

  private LearnedFunction learned(TrainingResult result) {
    return samples.file() == null
        ? LearnedFunction.onGrid(result.weights(), samples.inputs())
        : LearnedFunction.onSamples(result.weights(), samples.heldOut());
  }
}
