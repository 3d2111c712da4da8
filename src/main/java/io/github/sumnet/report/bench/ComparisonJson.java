package io.github.sumnet.report.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.result.Change;
import io.github.sumnet.bench.result.Comparison;
import io.github.sumnet.bench.statistics.MedianInterval;
import io.github.sumnet.report.document.Json;
import java.util.Objects;

/** A comparison of two benchmarks as JSON; shares as plain numbers, −0.05 is 5 % slower. */
final class ComparisonJson {
  /** Grows whenever a reader of the version before would misunderstand what is written. */
  private static final int SCHEMA_VERSION = 1;

  private ComparisonJson() {}

  static String of(Comparison comparison) {
    JsonObject json = new JsonObject();
    json.addProperty("schemaVersion", SCHEMA_VERSION);
    json.add("before", origin(comparison.before()));
    json.add("after", origin(comparison.after()));
    JsonArray rows = new JsonArray();
    comparison.changes().forEach(change -> rows.add(row(change)));
    json.add("rows", rows);
    JsonArray lost = new JsonArray();
    comparison
        .lost()
        .forEach(
            (benchCase, problem) -> {
              JsonObject each = names(benchCase);
              each.addProperty("problem", problem);
              lost.add(each);
            });
    json.add("lost", lost);
    JsonArray unmatched = new JsonArray();
    comparison.onlyBefore().forEach(row -> unmatched.add(missing(row, comparison.after())));
    comparison.onlyAfter().forEach(row -> unmatched.add(missing(row, comparison.before())));
    json.add("unmatched", unmatched);
    JsonArray warnings = new JsonArray();
    comparison.warnings().forEach(warnings::add);
    json.add("warnings", warnings);
    return Json.write(json);
  }

  private static JsonObject missing(BenchCase row, Comparison.Side where) {
    JsonObject json = names(row);
    json.addProperty("missingIn", where.name());
    return json;
  }

  private static JsonObject origin(Comparison.Side side) {
    BenchResult result = side.result();
    JsonObject json = new JsonObject();
    json.addProperty("file", side.name());
    json.addProperty("start", result.environment().start());
    json.addProperty("commit", result.environment().commit());
    json.addProperty("complete", result.complete());
    json.addProperty("busyCores", result.mostBusyCores());
    return json;
  }

  private static JsonObject names(BenchCase of) {
    JsonObject json = new JsonObject();
    json.addProperty("device", of.device().toString());
    json.addProperty("engine", of.engine().toString());
    json.addProperty("precision", of.precision().toString());
    json.addProperty("batchSize", of.batchSize());
    json.addProperty("hidden", of.hidden());
    return json;
  }

  private static JsonObject row(Change change) {
    JsonObject json = names(change.benchCase());
    json.add("before", rate(change.before()));
    json.add("after", rate(change.after()));
    JsonObject relative = new JsonObject();
    relative.addProperty("median", change.relative());
    relative.addProperty("low", change.low());
    relative.addProperty("high", change.high());
    json.add("change", relative);
    json.addProperty("forkSpread", change.forkSpread());
    json.addProperty("verdict", change.verdict().toString());
    json.addProperty("doubt", Objects.toString(change.doubt(), null));
    return json;
  }

  private static JsonObject rate(MedianInterval rate) {
    JsonObject json = new JsonObject();
    json.addProperty("median", rate.median());
    json.addProperty("low", rate.low());
    json.addProperty("high", rate.high());
    return json;
  }
}
