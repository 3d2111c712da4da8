package io.github.sumnet.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.Component;
import io.github.sumnet.gradcheck.DesignResult;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.StageResult;

/** A gradient check as JSON, with every number that was compared. */
public final class GradientReportJson {
  private GradientReportJson() {}

  public static String of(GradientReport report) {
    JsonObject json = new JsonObject();
    json.addProperty("verdict", report.verdict().toString());
    EngineSpec engine = report.engine();
    json.addProperty("engine", engine.type().toString());
    json.addProperty("device", engine.device().toString());
    json.addProperty("precision", engine.precision().toString());
    json.addProperty("network", engine.topology().toString());
    json.addProperty("seed", report.seed());
    json.addProperty("checked", report.checked());
    json.addProperty("failed", report.failed());
    json.addProperty("inconclusive", report.inconclusive());
    json.add("worstErrorOverBound", Json.number(report.worstErrorOverBound()));
    JsonArray designs = new JsonArray();
    report.results().forEach(result -> designs.add(design(result)));
    json.add("designs", designs);
    return Json.write(json);
  }

  private static JsonObject design(DesignResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("design", result.design());
    JsonArray samples = new JsonArray();
    result.samples().forEach(samples::add);
    json.add("samples", samples);
    json.addProperty("blindTo", result.blindTo());
    JsonArray stages = new JsonArray();
    result.stages().forEach(stage -> stages.add(stage(stage)));
    json.add("stages", stages);
    return json;
  }

  private static JsonObject stage(StageResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("stage", result.stage().toString());
    json.addProperty("step", result.step() + 1);
    json.addProperty("checked", result.checked());
    json.addProperty("failed", result.failed());
    json.addProperty("inconclusive", result.inconclusive());
    json.add("worstErrorOverBound", Json.number(result.worstErrorOverBound()));
    JsonArray components = new JsonArray();
    result.components().forEach(component -> components.add(component(component)));
    json.add("components", components);
    return json;
  }

  private static JsonObject component(Component component) {
    JsonObject json = new JsonObject();
    json.addProperty("name", component.name());
    json.add("engine", Json.number(component.engine()));
    json.add("reference", Json.number(component.reference()));
    json.addProperty("truth", component.truth().toString());
    json.add("error", Json.number(component.error()));
    json.add("bound", Json.number(component.bound()));
    json.addProperty("verdict", component.verdict().toString());
    return json;
  }
}
