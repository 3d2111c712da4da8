package io.github.sumnet.report.check;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.NonFiniteResult;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.diagnosis.Failure;
import io.github.sumnet.gradcheck.diagnosis.WorstSample;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.Component;
import io.github.sumnet.gradcheck.verdict.DesignResult;
import io.github.sumnet.gradcheck.verdict.StageResult;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.report.document.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gradient checks as JSON. */
public final class GradientReportJson {
  private static final MathContext THIRTY_DIGITS = new MathContext(30);

  private final GradientReport report;
  private final Precision precision;
  private final Topology topology;

  private GradientReportJson(GradientReport report) {
    this.report = report;
    precision = report.engine().precision();
    topology = report.engine().topology();
  }

  /** One check, as a document of its own. */
  public static String of(GradientReport report) {
    return Json.write(new GradientReportJson(report).document());
  }

  /** One check, as a part of a document. */
  static JsonObject part(GradientReport report) {
    return new GradientReportJson(report).document();
  }

  /** What failed in a check that did. */
  static JsonObject failurePart(GradientReport report) {
    return new GradientReportJson(report).failure(report.failure().orElseThrow());
  }

  private JsonObject document() {
    EngineSpec engine = report.engine();
    JsonObject json = new JsonObject();
    json.addProperty("verdict", report.verdict().toString());
    json.addProperty("engine", engine.type().toString());
    report.planted().ifPresent(mutant -> json.addProperty("planted", mutant.toString()));
    json.addProperty("device", engine.device().toString());
    if (engine.device() == Device.OPENCL) {
      json.addProperty("deviceNumber", engine.deviceNumber());
    }
    json.addProperty("precision", precision.toString());
    json.addProperty("network", topology.toString());
    json.addProperty("threads", engine.threads());
    json.addProperty("seed", report.seed());
    json.addProperty("form", report.form().toString());
    json.addProperty(
        "intermediateValues", report.tracesTrainingPass() ? "training-pass" : "second-pass");
    json.addProperty("components", report.checked() + report.skipped());
    json.addProperty("checked", report.checked());
    json.addProperty("skipped", report.skipped());
    json.addProperty("failed", report.failed());
    json.addProperty("inconclusive", report.inconclusive());
    json.addProperty("undefined", report.undefined());
    json.addProperty("referenceFailed", report.referenceFailed());
    json.addProperty("confirmedByIndependentDerivative", report.confirmed());
    json.addProperty("contradictedByIndependentDerivative", report.contradicted());
    json.addProperty("atFloor", report.atFloor());
    json.add("worstErrorOverBound", Json.number(report.worstErrorOverBound()));
    json.add("firstWrongStage", stage(report.firstWrongStage()));
    json.add(
        "failure",
        report.failure().map(this::failure).map(JsonElement.class::cast).orElse(JsonNull.INSTANCE));
    json.add("designs", array(report.results(), this::design));
    json.add("nonFinite", array(report.nonFinite(), GradientReportJson::nonFinite));
    report
        .repeatability()
        .ifPresent(
            r -> {
              JsonObject repeatability = new JsonObject();
              repeatability.addProperty("runs", r.runs());
              repeatability.addProperty("identical", r.identical());
              repeatability.add("threads", array(r.threads(), JsonPrimitive::new));
              repeatability.add("threadSpreadUlps", Json.number(r.threadSpread()));
              json.add("repeatability", repeatability);
            });
    return json;
  }

  private JsonObject failure(Failure failure) {
    JsonObject json = new JsonObject();
    json.addProperty("stage", failure.stage().toString());
    json.addProperty("engine", report.engine().type().toString());
    json.addProperty("precision", precision.toString());
    json.addProperty("network", topology.toString());
    json.addProperty("design", failure.design());
    json.addProperty("reproducible", failure.reproducible());
    json.addProperty("cause", failure.suspicion().cause().toString());
    json.addProperty("hint", failure.suspicion().hint());
    json.addProperty("step", failure.step() + 1);
    json.addProperty("samples", failure.samples());
    json.addProperty("replay", ReplayCommand.of(report, failure));
    json.add("components", array(failure.components(), c -> component(c, failure, List.of())));
    json.add(
        "gradient", array(failure.gradient(), c -> component(c, failure, failure.independent())));
    json.add("worstSample", worstSample(failure.worstSample()));
    return json;
  }

  private JsonObject design(DesignResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("design", result.design());
    json.add("samples", array(result.samples(), JsonPrimitive::new));
    json.addProperty("blindTo", result.blindTo());
    json.add("stages", array(result.stages(), this::stage));
    return json;
  }

  private JsonObject stage(StageResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("stage", result.stage().toString());
    json.addProperty("step", result.step() + 1);
    json.addProperty("checked", result.checked());
    json.addProperty("failed", result.failed());
    json.addProperty("inconclusive", result.inconclusive());
    json.addProperty("atFloor", result.atFloor());
    json.add("worstErrorOverBound", Json.number(result.worstErrorOverBound()));
    if (result.failed() > 0 || isWorthItsSpace(result)) {
      json.add("components", array(result.components(), c -> component(c, null, List.of())));
    }
    return json;
  }

  /**
   * All comparisons would be hundreds of kilobytes for every run, and tens of megabytes in the full
   * form. Kept are those of the batch in a design's first step, but what is returned says it twice.
   */
  private boolean isWorthItsSpace(StageResult result) {
    boolean ofTheBatch = result.components().stream().allMatch(c -> c.sample() < 0);
    return report.form() == Form.SHORT
        && result.step() == 0
        && ofTheBatch
        && result.stage() != Stage.RETURNED;
  }

  private JsonObject component(Component c, Failure failure, List<BigDecimal> independent) {
    JsonObject json = new JsonObject();
    json.addProperty("name", c.name());
    if (c.sample() >= 0) {
      json.addProperty("sample", c.sample() + 1);
    }
    if (c.weight() >= 0) {
      WeightPlace place = WeightPlace.of(topology, c.weight());
      json.addProperty("layer", place.layer());
      json.addProperty("in", place.in());
      json.addProperty("out", place.out());
      json.addProperty("flatIndex", place.flat());
      if (failure != null) {
        json.add("value", Json.number(failure.weights().toArray()[c.weight()]));
      }
    }
    json.add("engine", Json.number(c.engine()));
    json.add("reference", Json.number(c.reference()));
    json.addProperty("truth", c.truth().round(THIRTY_DIGITS).toString());
    if (!independent.isEmpty()) {
      json.addProperty("independent", independent.get(c.weight()).round(THIRTY_DIGITS).toString());
    }
    json.add("error", Json.number(c.error()));
    json.add("bound", Json.number(c.bound()));
    json.addProperty("atFloor", c.atFloor());
    json.add("errorOverBound", Json.number(c.errorOverBound()));
    json.add("relativeError", Json.number(c.relativeError()));
    json.add("ulps", Json.number(c.ulps(precision)));
    json.add("conditionNumber", Json.number(c.conditionNumber(precision.unitRoundoff())));
    json.addProperty("verdict", c.verdict().toString());
    json.addProperty("wrong", c.dissenter().toString());
    return json;
  }

  private static JsonObject worstSample(WorstSample worst) {
    JsonObject json = new JsonObject();
    json.addProperty("sample", worst.index() + 1);
    json.add("x1", Json.number(worst.x1()));
    json.add("x2", Json.number(worst.x2()));
    json.add("y", Json.number(worst.y()));
    for (WorstSample.Value value : worst.values()) {
      JsonObject pair = new JsonObject();
      pair.add("engine", Json.number(value.engine()));
      pair.add("truth", Json.number(value.truth()));
      json.add(value.name(), pair);
    }
    return json;
  }

  private static JsonObject nonFinite(NonFiniteResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("input", result.input());
    json.addProperty("expected", result.expected());
    json.addProperty("found", result.found());
    json.addProperty("verdict", result.verdict().toString());
    return json;
  }

  static JsonElement stage(Optional<Stage> stage) {
    return stage.<JsonElement>map(s -> new JsonPrimitive(s.toString())).orElse(JsonNull.INSTANCE);
  }

  static <T> JsonArray array(Collection<T> items, Function<T, JsonElement> toJson) {
    JsonArray array = new JsonArray();
    items.forEach(item -> array.add(toJson.apply(item)));
    return array;
  }
}
