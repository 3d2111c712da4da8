package io.github.sumnet.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.sumnet.explain.Decimals;
import io.github.sumnet.explain.Explanation;
import io.github.sumnet.explain.Inputs;
import io.github.sumnet.explain.Quantity;
import io.github.sumnet.explain.Values;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/** An explanation for programs: decimals as strings, floating-point numbers as numbers. */
public final class JsonExplanation implements ExplanationFormat {
  private static final int SCHEMA = 1;

  /** Significant digits of the exact values. */
  private static final int DIGITS = 40;

  @Override
  public String format(Explanation explanation) {
    JsonObject json = new JsonObject();
    json.addProperty("schema", SCHEMA);
    json.addProperty("device", explanation.engine().device().toString());
    json.addProperty("precision", explanation.engine().precision().toString());
    Inputs in = explanation.inputs();
    json.add("inputs", inputs(in));
    json.add("exact", values(in, explanation.exact(), JsonExplanation::decimal));
    json.add("reference", values(in, explanation.reference(), Json::number));
    json.add("dl4j", values(in, explanation.dl4j(), Json::number));
    explanation
        .published()
        .ifPresent(figures -> json.add("published", values(in, figures, JsonPrimitive::new)));
    return Json.write(json);
  }

  private static JsonObject inputs(Inputs in) {
    JsonObject json = new JsonObject();
    json.addProperty("x1", in.x1().toString());
    json.addProperty("x2", in.x2().toString());
    json.addProperty("target", in.target().toString());
    json.addProperty("learningRate", in.learningRate().toString());
    JsonObject weights = new JsonObject();
    List<String> names = in.topology().weightNames();
    for (int i = 0; i < names.size(); i++) {
      weights.addProperty(names.get(i), in.weights().get(i).toString());
    }
    json.add("weights", weights);
    return json;
  }

  private static <T> JsonObject values(
      Inputs in, Values<T> values, Function<? super T, JsonElement> toJson) {
    JsonObject json = new JsonObject();
    JsonObject gradient = new JsonObject();
    JsonObject updated = new JsonObject();
    List<String> weightNames = in.topology().weightNames();
    for (Quantity quantity : Quantity.all(in.topology())) {
      JsonElement value = toJson.apply(values.get(quantity));
      switch (quantity.kind()) {
        case GRADIENT -> gradient.add(weightNames.get(quantity.index()), value);
        case UPDATED -> updated.add(weightNames.get(quantity.index()), value);
        default -> json.add(quantity.name(), value);
      }
    }
    json.add("gradient", gradient);
    json.add("updated", updated);
    return json;
  }

  private static JsonElement decimal(BigDecimal value) {
    return new JsonPrimitive(Decimals.text(value, DIGITS));
  }
}
