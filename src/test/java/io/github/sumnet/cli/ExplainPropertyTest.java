package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the inputs: the exact values are exact, and DL4J's are off by rounding only. */
class ExplainPropertyTest {
  record Question(
      BigDecimal x1, BigDecimal x2, BigDecimal y, BigDecimal rate, List<BigDecimal> weights) {}

  @Provide
  Arbitrary<Question> questions() {
    Arbitrary<BigDecimal> number =
        Arbitraries.integers()
            .between(0, 15)
            .flatMap(
                scale ->
                    Arbitraries.bigDecimals()
                        .between(BigDecimal.valueOf(-20), BigDecimal.valueOf(20))
                        .ofScale(scale));
    Arbitrary<BigDecimal> rate =
        Arbitraries.bigDecimals().between(new BigDecimal("0.001"), BigDecimal.TEN).ofScale(3);
    Arbitrary<List<BigDecimal>> weights =
        Arbitraries.integers().between(1, 4).flatMap(hidden -> number.list().ofSize(3 * hidden));
    return Combinators.combine(number, number, number, rate, weights).as(Question::new);
  }

  @Property(tries = 200)
  void exact_values_agree_with_an_independent_computation_to_25_digits(
      @ForAll("questions") Question question) {
    JsonObject exact = explain(question).getAsJsonObject("exact");

    IndependentStep.of(
            question.x1(), question.x2(), question.y(), question.rate(), question.weights())
        .forEach(
            (name, truth) -> {
              BigDecimal value = new BigDecimal(at(exact, name));
              assertThat(value.subtract(truth).abs())
                  .as(name + " = " + value)
                  .isLessThanOrEqualTo(truth.abs().movePointLeft(25));
            });
  }

  @Property(tries = 200)
  void dl4js_values_are_off_by_no_more_than_rounding(@ForAll("questions") Question question) {
    JsonObject json = explain(question);

    errorBounds(question)
        .forEach(
            (name, bound) -> {
              BigDecimal exact = new BigDecimal(at(json.getAsJsonObject("exact"), name));
              for (String source : List.of("dl4j", "reference")) {
                BigDecimal value = new BigDecimal(at(json.getAsJsonObject(source), name));
                assertThat(value.subtract(exact).abs())
                    .as(source + " " + name + " = " + value)
                    .isLessThanOrEqualTo(new BigDecimal(bound));
              }
            });
  }

  /** Absolute errors of a computation in double: first order, with room in the constants. */
  private static Map<String, Double> errorBounds(Question q) {
    double u = 0x1p-49;
    int hidden = q.weights().size() / 3;
    double[] w = q.weights().stream().mapToDouble(weight -> weight.abs().doubleValue()).toArray();
    double x1 = q.x1().abs().doubleValue();
    double x2 = q.x2().abs().doubleValue();
    double rate = q.rate().doubleValue();
    double residual = 1 + q.y().abs().doubleValue();
    Map<String, Double> bounds = new LinkedHashMap<>();
    double[] a = new double[hidden];
    double zo = 0;
    for (int j = 0; j < hidden; j++) {
      double z = u * (x1 * w[j] + x2 * w[hidden + j]);
      a[j] = z / 4 + u;
      zo += w[2 * hidden + j] * (a[j] + u);
      bounds.put("z" + (j + 1), z + Double.MIN_VALUE);
      bounds.put("a" + (j + 1), a[j]);
    }
    double prediction = zo / 4 + u;
    double deltaOutput = prediction * (0.25 + residual) + u * residual;
    bounds.put("zo", zo + Double.MIN_VALUE);
    bounds.put("prediction", prediction);
    bounds.put("loss", residual * prediction + u * residual * residual);
    bounds.put("deltaOutput", deltaOutput);
    for (int j = 0; j < hidden; j++) {
      double delta = w[2 * hidden + j] * (deltaOutput / 4 + residual / 4 * (a[j] + u)) + 0x1p-1060;
      double largest = w[2 * hidden + j] * residual / 16;
      bounds.put("deltaHidden" + (j + 1), delta);
      weightBounds(bounds, "w1" + (j + 1), x1 * (delta + u * largest), rate, w[j], x1 * largest, u);
      weightBounds(
          bounds, "w2" + (j + 1), x2 * (delta + u * largest), rate, w[hidden + j], x2 * largest, u);
      double output = deltaOutput + residual / 4 * (a[j] + u);
      weightBounds(bounds, "wh" + (j + 1), output, rate, w[2 * hidden + j], residual / 4, u);
    }
    return bounds;
  }

  private static void weightBounds(
      Map<String, Double> bounds,
      String name,
      double gradient,
      double rate,
      double weight,
      double largestGradient,
      double u) {
    bounds.put("gradient." + name, gradient + 0x1p-1060);
    bounds.put(
        "updated." + name, rate * gradient + u * (weight + rate * largestGradient) + 0x1p-1060);
  }

  private static JsonObject explain(Question question) {
    List<String> arguments = new ArrayList<>(List.of("explain", "--json", "--device=cpu"));
    arguments.add("--x1=" + question.x1());
    arguments.add("--x2=" + question.x2());
    arguments.add("--target=" + question.y());
    arguments.add("--learning-rate=" + question.rate());
    arguments.add(
        "--weights="
            + question.weights().stream()
                .map(BigDecimal::toString)
                .collect(Collectors.joining(",")));
    Cli.Outcome outcome = Cli.launch(arguments.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return JsonParser.parseString(outcome.out()).getAsJsonObject();
  }

  private static String at(JsonObject json, String path) {
    int dot = path.indexOf('.');
    return dot < 0
        ? json.get(path).getAsString()
        : at(json.getAsJsonObject(path.substring(0, dot)), path.substring(dot + 1));
  }
}
