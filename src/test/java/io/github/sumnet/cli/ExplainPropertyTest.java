package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.util.ArrayList;
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

    truth(question)
        .forEach(
            (name, truth) -> {
              BigDecimal value = new BigDecimal(at(exact, name));
              assertThat(value.subtract(truth).abs())
                  .as(name + " = " + value)
                  .isLessThanOrEqualTo(truth.abs().movePointLeft(25));
            });
  }

  @Property(tries = 200)
  void dl4js_values_lie_within_the_derived_bound(@ForAll("questions") Question question) {
    JsonObject json = explain(question);

    for (String name : truth(question).keySet()) {
      BigDecimal exact = new BigDecimal(at(json.getAsJsonObject("exact"), name));
      BigDecimal bound = new BigDecimal(at(json.getAsJsonObject("dl4jBound"), name));
      for (String source : List.of("dl4j", "reference")) {
        // JSON has the shortest decimal that stands for the double, not the double's own value.
        double value = Double.parseDouble(at(json.getAsJsonObject(source), name));
        assertThat(new BigDecimal(value).subtract(exact).abs())
            .as(source + " " + name + " = " + value)
            .isLessThanOrEqualTo(bound);
      }
    }
  }

  private static Map<String, BigDecimal> truth(Question question) {
    return IndependentStep.of(
        question.x1(), question.x2(), question.y(), question.rate(), question.weights());
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
