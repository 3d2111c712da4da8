package io.github.sumnet.report.run;

import io.github.sumnet.data.Count;
import io.github.sumnet.network.Weights;
import io.github.sumnet.report.chart.LineChart;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.UnitFormat;
import io.github.sumnet.train.StopReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A training run as a page and a picture: as far as it came.
 *
 * @param run its name
 * @param files what it wrote
 * @param model what its last checkpoint holds, if it has one
 */
public record TrainingReport(String run, RunFiles files, Optional<TrainedModel> model) {
  /** Of more units a table is no help. */
  private static final int MOST_HIDDEN = 32;

  private static final int PICTURE_HEIGHT = 320;

  /** Both losses against samples, on a sheet of their own. */
  public LineChart loss() {
    return files.history().lossChart();
  }

  /** The page as a document with pictures. */
  public Document document() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("Result"));
    blocks.add(new Block.Text(ending()));
    files.summary().ifPresent(summary -> blocks.add(new Block.KeyFigures(figures(summary))));
    model.ifPresent(trained -> blocks.add(weights(trained)));
    blocks.add(new Block.Heading("Training"));
    training(files.history(), blocks);
    model.ifPresent(trained -> learned(trained, blocks));
    blocks.add(new Block.Heading("Gradient check"));
    files
        .check()
        .ifPresentOrElse(
            check -> gradientCheck(check, blocks),
            () -> blocks.add(new Block.Text("There is none: the run did not get that far.")));
    blocks.add(new Block.Heading("Configuration"));
    blocks.add(new Block.Facts("Option values in force", files.configuration()));
    blocks.add(new Block.Heading("Environment"));
    blocks.add(new Block.Facts("Where and how it ran", files.environment()));
    return new Document("Training run " + run, files.subject(), blocks);
  }

  private String ending() {
    return files
        .summary()
        .map(
            s ->
                (s.stopReason().equals(StopReason.INTERRUPTED.toString())
                        ? "This run was interrupted. "
                        : "This run ended by " + s.stopReason() + ". ")
                    + Objects.requireNonNullElse(s.learned(), ""))
        .or(() -> files.failure().map(reason -> "This run failed: " + reason.strip()))
        .orElse(
            "This run has not come to its end: it still trains, or it was ended before it could say"
                + " why. This is what it has written.");
  }

  private static Map<String, String> figures(RunFiles.Summary summary) {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("half mean squared error, held-out", UnitFormat.rounded(summary.finalLoss()));
    figures.put("root mean squared error", UnitFormat.rounded(summary.rmse()));
    figures.put("steps", Count.of(summary.steps()));
    figures.put("samples", Count.of(summary.samples()));
    if (summary.totalSteps() > summary.steps()) {
      figures.put("steps since the beginning", Count.of(summary.totalSteps()));
      figures.put("samples since the beginning", Count.of(summary.totalSamples()));
    }
    figures.put("samples per second", UnitFormat.whole(summary.samplesPerSecond()));
    figures.put("seconds of training", UnitFormat.rounded(summary.secondsTraining()));
    return figures;
  }

  private static Block weights(TrainedModel model) {
    Weights weights = model.weights();
    int hidden = weights.topology().hidden();
    if (hidden > MOST_HIDDEN) {
      return new Block.Text(
          Count.of(weights.topology().weightCount()) + " weights are in checkpoints/last.zip.");
    }
    return new Block.Table(
        "Weights after step " + Count.of(model.step()) + "; all digits are in checkpoints/last.zip",
        Column.join(Column.words("hidden unit"), Column.numbers("from x1", "from x2", "to output")),
        IntStream.range(0, hidden)
            .mapToObj(
                unit ->
                    List.of(
                        Integer.toString(unit + 1),
                        UnitFormat.decimals(weights.hidden(0, unit)),
                        UnitFormat.decimals(weights.hidden(1, unit)),
                        UnitFormat.decimals(weights.output(unit))))
            .toList());
  }

  private static void training(MetricsHistory history, List<Block> blocks) {
    if (history.measurements() == 0) {
      blocks.add(
          new Block.Text(
              "No step has been measured: the run has not reached the first one that --log-every or"
                  + " --evaluate-every names."));
      return;
    }
    String thinned =
        history.stretch() == 1
            ? ""
            : " Each "
                + Count.of(history.stretch())
                + " of "
                + Count.of(history.measurements())
                + " measurements are drawn as one stretch: ";
    blocks.add(
        new Block.Picture(
            history.lossChart(),
            PICTURE_HEIGHT,
            "Half mean squared error against samples, on a logarithmic axis: of the training batch"
                + " before its step, and of the held-out samples."
                + (thinned.isEmpty() ? "" : thinned + "its smallest and largest loss.")));
    blocks.add(
        new Block.Picture(
            history.throughputChart(),
            PICTURE_HEIGHT,
            "Samples per second since the measurement before."
                + (thinned.isEmpty() ? "" : thinned + "its mean rate.")));
  }

  private static void learned(TrainedModel model, List<Block> blocks) {
    blocks.add(new Block.Heading("What it learned"));
    model.function().ifPresent(function -> learned(function, blocks));
    model.unread().ifPresent(reason -> blocks.add(new Block.Text("Cannot be drawn: " + reason)));
  }

  private static void learned(LearnedFunction function, List<Block> blocks) {
    blocks.add(
        new Block.Picture(
            function.predictions(),
            PICTURE_HEIGHT,
            "Prediction ŷ and target y against x1 + x2, for " + function.inputs() + "."));
    blocks.add(
        new Block.Picture(
            function.errors(),
            PICTURE_HEIGHT,
            "How far the predictions are from their targets; the largest distance is "
                + UnitFormat.rounded(function.largestError())
                + "."));
  }

  private static void gradientCheck(RunFiles.Check check, List<Block> blocks) {
    if (check.summary() != null) {
      blocks.add(new Block.Text(check.summary()));
    }
    blocks.add(
        new Block.Table(
            "Values compared with exact arithmetic, by the stage of a training step",
            Column.join(
                Column.words("stage"),
                Column.numbers("compared", "wrong", "inconclusive", "worst error / bound")),
            check.stages().entrySet().stream()
                .map(stage -> stageRow(stage.getKey(), stage.getValue()))
                .toList()));
  }

  private static List<String> stageRow(String stage, List<RunFiles.Stage> results) {
    return List.of(
        stage,
        Count.of(results.stream().mapToLong(RunFiles.Stage::checked).sum()),
        Count.of(results.stream().mapToLong(RunFiles.Stage::failed).sum()),
        Count.of(results.stream().mapToLong(RunFiles.Stage::inconclusive).sum()),
        UnitFormat.rounded(
            results.stream().mapToDouble(RunFiles.Stage::worstErrorOverBound).max().orElse(0)));
  }
}
