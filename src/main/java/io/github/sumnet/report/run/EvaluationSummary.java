package io.github.sumnet.report.run;

import io.github.sumnet.data.Count;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.network.Precision;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.Report;
import io.github.sumnet.report.document.UnitFormat;
import io.github.sumnet.train.Evaluation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a model was found to do.
 *
 * @param evaluation empty if the model was only asked for predictions
 */
public record EvaluationSummary(
    Path model, EngineSpec engine, Optional<Evaluation> evaluation, List<Prediction> predictions)
    implements Report {
  /** One prediction beside its target, x1 + x2. */
  public record Prediction(double x1, double x2, double prediction, double sum) {
    /** A prediction for these inputs; the target follows from them. */
    public Prediction(double x1, double x2, double prediction) {
      this(x1, x2, prediction, x1 + x2);
    }
  }

  @Override
  public String title() {
    return "Evaluation of a model";
  }

  @Override
  public Document document() {
    List<Block> blocks = new ArrayList<>();
    evaluation.ifPresent(found -> blocks.add(new Block.Facts("", facts(found))));
    for (Prediction p : predictions) {
      blocks.add(
          new Block.Text(
              String.format(
                  Locale.ROOT,
                  "x1 = %s, x2 = %s: predicts %.6f, the sum is %.6f",
                  p.x1(),
                  p.x2(),
                  p.prediction(),
                  p.sum())));
    }
    return new Document("", "", blocks);
  }

  private Map<String, String> facts(Evaluation found) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "half mean squared error",
        UnitFormat.rounded(found.loss()) + " over " + Count.of(found.samples(), "sample"));
    facts.put("root mean squared error", UnitFormat.rounded(found.rmse()));
    facts.put("largest error", UnitFormat.rounded(found.largestError()));
    facts.put(
        "predicting their mean",
        UnitFormat.rounded(found.meanLoss())
            + " would be the half mean squared error"
            + (found.isNoBetterThanMean() ? ": the model does no better" : ""));
    facts.put("model", model.toString());
    return facts;
  }

  private record EvaluationJson(
      Path model,
      EngineType engine,
      Device device,
      Optional<Integer> deviceNumber,
      Precision precision,
      Optional<Double> loss,
      Optional<Double> rmse,
      Optional<Double> largestError,
      Optional<Double> meanLoss,
      Optional<Long> samples,
      Optional<List<Prediction>> predictions) {}

  @Override
  public Object json() {
    return new EvaluationJson(
        model,
        engine.type(),
        engine.device(),
        engine.openClNumber(),
        engine.precision(),
        evaluation.map(Evaluation::loss),
        evaluation.map(Evaluation::rmse),
        evaluation.map(Evaluation::largestError),
        evaluation.map(Evaluation::meanLoss),
        evaluation.map(Evaluation::samples),
        Optional.of(predictions).filter(list -> !list.isEmpty()));
  }
}
