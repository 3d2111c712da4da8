package io.github.sumnet.report.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.sumnet.data.Count;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.report.document.Json;
import io.github.sumnet.train.Evaluation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a model was found to do.
 *
 * @param evaluation null if the model was only asked for predictions
 */
public record EvaluationSummary(
    Path model, EngineSpec engine, Evaluation evaluation, List<Prediction> predictions) {
  /** One prediction; its target is x1 + x2. */
  public record Prediction(double x1, double x2, double value) {}

  /** One JSON document. */
  public String toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("model", model.toString());
    json.addProperty("engine", engine.type().toString());
    json.addProperty("device", engine.device().toString());
    if (engine.device() == Device.OPENCL) {
      json.addProperty("deviceNumber", engine.deviceNumber());
    }
    json.addProperty("precision", engine.precision().toString());
    if (evaluation != null) {
      json.add("loss", Json.number(evaluation.loss()));
      json.add("rmse", Json.number(evaluation.rmse()));
      json.add("largestError", Json.number(evaluation.largestError()));
      json.add("meanLoss", Json.number(evaluation.meanLoss()));
      json.addProperty("samples", evaluation.samples());
    }
    if (!predictions.isEmpty()) {
      JsonArray array = new JsonArray();
      for (Prediction prediction : predictions) {
        JsonObject one = new JsonObject();
        one.addProperty("x1", prediction.x1());
        one.addProperty("x2", prediction.x2());
        one.add("prediction", Json.number(prediction.value()));
        one.add("sum", Json.number(prediction.x1() + prediction.x2()));
        array.add(one);
      }
      json.add("predictions", array);
    }
    return Json.write(json);
  }

  /** A few lines for people. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    if (evaluation != null) {
      text.append(
          String.format(
              Locale.ROOT,
              """
              half mean squared error  %.4g over %s
              root mean squared error  %.4g
              largest error            %.4g
              predicting their mean    %.4g would be the half mean squared error%s
              model                    %s
              """,
              evaluation.loss(),
              Count.of(evaluation.samples(), "sample"),
              evaluation.rmse(),
              evaluation.largestError(),
              evaluation.meanLoss(),
              evaluation.isNoBetterThanMean() ? ": the model does no better" : "",
              model));
    }
    for (Prediction p : predictions) {
      text.append(
          String.format(
              Locale.ROOT,
              "x1 = %s, x2 = %s: predicts %.6f, the sum is %.6f%n",
              p.x1(),
              p.x2(),
              p.value(),
              p.x1() + p.x2()));
    }
    return text.toString();
  }
}
