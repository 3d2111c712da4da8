package io.github.sumnet.report.check;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.sumnet.gradcheck.MutantResult;
import io.github.sumnet.gradcheck.SelfTestResult;
import io.github.sumnet.gradcheck.TrialResult;
import io.github.sumnet.report.document.Json;

/** What the check's test of itself came to, as JSON. */
final class SelfTestJson {
  private SelfTestJson() {}

  /** Adds the members {@code mutants} and {@code falseAlarms} to a document. */
  static void addTo(JsonObject json, SelfTestResult result) {
    JsonObject mutants = new JsonObject();
    mutants.addProperty("planted", result.mutants().size());
    mutants.addProperty("caught", result.mutants().stream().filter(MutantResult::caught).count());
    mutants.addProperty(
        "stageRight", result.mutants().stream().filter(MutantResult::stageIsRight).count());
    mutants.addProperty(
        "causeRight", result.mutants().stream().filter(MutantResult::causeIsRight).count());
    JsonArray missed = new JsonArray();
    result.mutants().stream()
        .filter(mutant -> !mutant.caught())
        .forEach(mutant -> missed.add(mutant.mutant() + " in " + mutant.precision()));
    mutants.add("missed", missed);
    JsonArray results = new JsonArray();
    result.mutants().forEach(mutant -> results.add(mutant(mutant)));
    mutants.add("results", results);
    json.add("mutants", mutants);
    json.add("falseAlarms", falseAlarms(result));
  }

  private static JsonObject mutant(MutantResult m) {
    JsonObject json = new JsonObject();
    json.addProperty("name", m.mutant().toString());
    json.addProperty("fault", m.mutant().description());
    json.addProperty("precision", m.precision().toString());
    json.addProperty("caught", m.caught());
    json.addProperty("stage", m.mutant().stage().toString());
    json.add("firstWrongStage", m.found().<JsonElement>map(s -> text(s)).orElse(JsonNull.INSTANCE));
    json.addProperty("cause", m.mutant().cause().toString());
    json.add("suspectedCause", m.caught() ? text(m.suspected()) : JsonNull.INSTANCE);
    json.add(
        "caughtByGradientCheckUtil",
        m.caughtByCentralDifferences()
            .<JsonElement>map(JsonPrimitive::new)
            .orElse(JsonNull.INSTANCE));
    json.addProperty("caughtByRelativeTolerance", m.caughtByTolerance());
    return json;
  }

  private static JsonObject falseAlarms(SelfTestResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("trials", result.trials().stream().mapToLong(TrialResult::trials).sum());
    json.addProperty("alarms", result.trials().stream().mapToLong(TrialResult::alarms).sum());
    JsonArray byPrecision = new JsonArray();
    for (TrialResult trial : result.trials()) {
      JsonObject one = new JsonObject();
      one.addProperty("precision", trial.precision().toString());
      one.addProperty("trials", trial.trials());
      one.addProperty("alarms", trial.alarms());
      one.addProperty("values", trial.values());
      one.addProperty("inconclusive", trial.inconclusive());
      one.add("worstErrorOverBound", Json.number(trial.worstErrorOverBound()));
      one.addProperty("relativeToleranceAlarms", trial.toleranceAlarms());
      byPrecision.add(one);
    }
    json.add("byPrecision", byPrecision);
    return json;
  }

  private static JsonElement text(Object value) {
    return new JsonPrimitive(value.toString());
  }
}
