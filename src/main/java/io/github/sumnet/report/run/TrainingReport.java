package io.github.sumnet.report.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.StageResult;
import io.github.sumnet.network.Weights;
import io.github.sumnet.report.check.GradientCheckReport;
import io.github.sumnet.report.document.HtmlReport;
import io.github.sumnet.report.document.Numbers;
import io.github.sumnet.train.TrainingResult;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A training run as a page.
 *
 * @param run its name
 * @param configuration the option values in force
 * @param environment where and how it was made, as {@link EnvironmentJson} writes it
 * @param check the gradient check before it
 * @param history its measurements
 * @param ending why it ended and what it learned, in sentences
 * @param result what it came to, unless it failed
 * @param learned what it learned, unless it failed
 */
public record TrainingReport(
    String run,
    Map<String, String> configuration,
    String environment,
    GradientReport check,
    MetricsHistory history,
    String ending,
    Optional<TrainingResult> result,
    Optional<LearnedFunction> learned) {
  /** Of more units a table is no help. */
  private static final int MOST_HIDDEN = 32;

  /** The whole file. */
  public String html() {
    EngineSpec engine = check.engine();
    HtmlReport page =
        new HtmlReport(
            "Training run " + run,
            "A %s network, trained by %s on %s in %s."
                .formatted(engine.topology(), engine.type(), engine.place(), engine.precision()));
    page.add("Result", outcome());
    page.add("Training", training());
    learned.ifPresent(function -> page.add("What it learned", learned(function)));
    page.add("Gradient check", gradientCheck());
    page.add("Configuration", List.of(HtmlReport.facts("Option values in force", configuration)));
    page.add("Environment", List.of(HtmlReport.facts("Where and how it ran", environmentFacts())));
    return page.html();
  }

  private List<DomContent> outcome() {
    List<DomContent> content = new ArrayList<>();
    content.add(HtmlReport.text(ending));
    result.ifPresent(
        r -> {
          content.add(HtmlReport.numbers(numbers(r)));
          content.add(weights(r.weights()));
        });
    return content;
  }

  private Map<String, String> numbers(TrainingResult r) {
    Map<String, String> numbers = new LinkedHashMap<>();
    numbers.put("half mean squared error, held-out", Numbers.rounded(r.finalLoss()));
    numbers.put("root mean squared error", Numbers.rounded(r.heldOut().rmse()));
    numbers.put("steps", Numbers.whole(r.steps()));
    numbers.put("samples", Numbers.whole(r.samples()));
    if (r.begin().step() > 0) {
      numbers.put("steps since the beginning", Numbers.whole(r.position().step()));
      numbers.put("samples since the beginning", Numbers.whole(r.totalSamples()));
    }
    numbers.put("samples per second", Numbers.whole(r.samplesPerSecond()));
    numbers.put("seconds of training", Numbers.rounded(r.secondsTraining()));
    return numbers;
  }

  private static DomContent weights(Weights weights) {
    int hidden = weights.topology().hidden();
    if (hidden > MOST_HIDDEN) {
      return HtmlReport.text(
          Numbers.whole(weights.topology().weightCount()) + " weights are in summary.json.");
    }
    List<List<String>> rows =
        IntStream.range(0, hidden)
            .mapToObj(
                unit ->
                    List.of(
                        Integer.toString(unit + 1),
                        Numbers.decimals(weights.hidden(0, unit)),
                        Numbers.decimals(weights.hidden(1, unit)),
                        Numbers.decimals(weights.output(unit))))
            .toList();
    return HtmlReport.table(
        "Weights at the end; all digits are in summary.json",
        List.of("hidden unit", "from x1", "from x2", "to output"),
        rows);
  }

  private List<DomContent> training() {
    String thinned =
        history.stretch() == 1
            ? ""
            : " Each "
                + Numbers.whole(history.stretch())
                + " of "
                + Numbers.whole(history.measurements())
                + " measurements are drawn as one stretch: ";
    return List.of(
        HtmlReport.beside(
            List.of(
                HtmlReport.picture(
                    history.lossChart(),
                    "Half mean squared error against samples, on a logarithmic axis: of the"
                        + " training batch before its step, and of the held-out samples."
                        + (thinned.isEmpty() ? "" : thinned + "its smallest and largest loss.")),
                HtmlReport.picture(
                    history.throughputChart(),
                    "Samples per second since the measurement before."
                        + (thinned.isEmpty() ? "" : thinned + "its mean rate.")))));
  }

  private static List<DomContent> learned(LearnedFunction function) {
    return List.of(
        HtmlReport.beside(
            List.of(
                HtmlReport.picture(
                    function.predictions(),
                    "Prediction ŷ and target y against x1 + x2, for " + function.inputs() + "."),
                HtmlReport.picture(
                    function.errors(),
                    "How far the predictions are from their targets; the largest distance is "
                        + Numbers.rounded(function.largestError())
                        + "."))));
  }

  private List<DomContent> gradientCheck() {
    Map<Stage, List<StageResult>> stages =
        check.results().stream()
            .flatMap(design -> design.stages().stream())
            .collect(Collectors.groupingBy(StageResult::stage));
    List<List<String>> rows =
        Arrays.stream(Stage.values())
            .filter(stages::containsKey)
            .map(stage -> stageRow(stage, stages.get(stage)))
            .toList();
    return List.of(
        HtmlReport.text(new GradientCheckReport(check).summary()),
        HtmlReport.table(
            "Values compared with exact arithmetic, by the stage of a training step",
            List.of("stage", "compared", "wrong", "inconclusive", "worst error / bound"),
            rows));
  }

  private static List<String> stageRow(Stage stage, List<StageResult> results) {
    return List.of(
        stage.toString(),
        Numbers.whole(results.stream().mapToLong(StageResult::checked).sum()),
        Numbers.whole(results.stream().mapToLong(StageResult::failed).sum()),
        Numbers.whole(results.stream().mapToLong(StageResult::inconclusive).sum()),
        Numbers.rounded(
            results.stream().mapToDouble(StageResult::worstErrorOverBound).max().orElse(0)));
  }

  private Map<String, String> environmentFacts() {
    Map<String, String> facts = new LinkedHashMap<>();
    JsonParser.parseString(environment)
        .getAsJsonObject()
        .entrySet()
        .forEach(entry -> facts.put(entry.getKey(), text(entry.getValue())));
    return facts;
  }

  private static String text(JsonElement value) {
    if (value instanceof JsonArray array) {
      return StreamSupport.stream(array.spliterator(), false)
          .map(JsonElement::getAsString)
          .collect(Collectors.joining(" "));
    }
    return value.isJsonNull() ? "unknown" : value.getAsString();
  }
}
