package io.github.sumnet.report.run;

import io.github.sumnet.data.Count;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.StageResult;
import io.github.sumnet.network.Weights;
import io.github.sumnet.report.check.GradientCheckReport;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.Numbers;
import io.github.sumnet.train.TrainingResult;
import io.github.sumnet.train.run.RunEnvironment;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A training run as a page.
 *
 * @param run its name
 * @param configuration the option values in force
 * @param environment where and how it was made
 * @param check the gradient check before it
 * @param history its measurements
 * @param ending why it ended and what it learned, in sentences
 * @param result what it came to, unless it failed
 * @param learned what it learned, unless it failed
 */
public record TrainingReport(
    String run,
    Map<String, String> configuration,
    RunEnvironment environment,
    GradientReport check,
    MetricsHistory history,
    String ending,
    Optional<TrainingResult> result,
    Optional<LearnedFunction> learned) {
  /** Of more units a table is no help. */
  private static final int MOST_HIDDEN = 32;

  private static final int PICTURE_HEIGHT = 320;

  /** The page as a document with pictures. */
  public Document document() {
    EngineSpec engine = check.engine();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("Result"));
    blocks.add(new Block.Text(ending));
    result.ifPresent(
        r -> {
          blocks.add(new Block.KeyFigures(figures(r)));
          blocks.add(weights(r.weights()));
        });
    blocks.add(new Block.Heading("Training"));
    training(blocks);
    learned.ifPresent(function -> learned(function, blocks));
    blocks.add(new Block.Heading("Gradient check"));
    gradientCheck(blocks);
    blocks.add(new Block.Heading("Configuration"));
    blocks.add(new Block.Facts("Option values in force", configuration));
    blocks.add(new Block.Heading("Environment"));
    blocks.add(new Block.Facts("Where and how it ran", environmentFacts()));
    return new Document(
        "Training run " + run,
        "A %s network, trained by %s on %s in %s."
            .formatted(engine.topology(), engine.type(), engine.place(), engine.precision()),
        blocks);
  }

  private static Map<String, String> figures(TrainingResult r) {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("half mean squared error, held-out", Numbers.rounded(r.finalLoss()));
    figures.put("root mean squared error", Numbers.rounded(r.heldOut().rmse()));
    figures.put("steps", Count.of(r.steps()));
    figures.put("samples", Count.of(r.samples()));
    if (r.begin().step() > 0) {
      figures.put("steps since the beginning", Count.of(r.position().step()));
      figures.put("samples since the beginning", Count.of(r.totalSamples()));
    }
    figures.put("samples per second", Numbers.whole(r.samplesPerSecond()));
    figures.put("seconds of training", Numbers.rounded(r.secondsTraining()));
    return figures;
  }

  private static Block weights(Weights weights) {
    int hidden = weights.topology().hidden();
    if (hidden > MOST_HIDDEN) {
      return new Block.Text(
          Count.of(weights.topology().weightCount()) + " weights are in summary.json.");
    }
    return new Block.Table(
        "Weights at the end; all digits are in summary.json",
        Column.join(Column.words("hidden unit"), Column.numbers("from x1", "from x2", "to output")),
        IntStream.range(0, hidden)
            .mapToObj(
                unit ->
                    List.of(
                        Integer.toString(unit + 1),
                        Numbers.decimals(weights.hidden(0, unit)),
                        Numbers.decimals(weights.hidden(1, unit)),
                        Numbers.decimals(weights.output(unit))))
            .toList());
  }

  private void training(List<Block> blocks) {
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

  private static void learned(LearnedFunction function, List<Block> blocks) {
    blocks.add(new Block.Heading("What it learned"));
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
                + Numbers.rounded(function.largestError())
                + "."));
  }

  private void gradientCheck(List<Block> blocks) {
    Map<Stage, List<StageResult>> stages =
        check.results().stream()
            .flatMap(design -> design.stages().stream())
            .collect(Collectors.groupingBy(StageResult::stage));
    blocks.add(new Block.Text(new GradientCheckReport(check).summary()));
    blocks.add(
        new Block.Table(
            "Values compared with exact arithmetic, by the stage of a training step",
            Column.join(
                Column.words("stage"),
                Column.numbers("compared", "wrong", "inconclusive", "worst error / bound")),
            stages.keySet().stream()
                .sorted()
                .map(stage -> stageRow(stage, stages.get(stage)))
                .toList()));
  }

  private static List<String> stageRow(Stage stage, List<StageResult> results) {
    return List.of(
        stage.toString(),
        Count.of(results.stream().mapToLong(StageResult::checked).sum()),
        Count.of(results.stream().mapToLong(StageResult::failed).sum()),
        Count.of(results.stream().mapToLong(StageResult::inconclusive).sum()),
        Numbers.rounded(
            results.stream().mapToDouble(StageResult::worstErrorOverBound).max().orElse(0)));
  }

  private Map<String, String> environmentFacts() {
    Map<String, String> facts = new LinkedHashMap<>();
    for (RecordComponent fact : RunEnvironment.class.getRecordComponents()) {
      try {
        Object value = fact.getAccessor().invoke(environment);
        if (!Optional.empty().equals(value)) {
          facts.put(fact.getName(), text(value));
        }
      } catch (ReflectiveOperationException impossible) {
        throw new LinkageError("a record's components are public", impossible);
      }
    }
    return facts;
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> known) {
      return text(known.get());
    }
    return value instanceof List<?> words
        ? words.stream().map(Object::toString).collect(Collectors.joining(" "))
        : value.toString();
  }
}
