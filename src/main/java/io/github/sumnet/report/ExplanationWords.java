package io.github.sumnet.report;

import io.github.sumnet.explain.Decimals;
import io.github.sumnet.explain.Explanation;
import io.github.sumnet.explain.Inputs;
import io.github.sumnet.explain.Quantity;
import io.github.sumnet.network.Precision;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** An explanation in words and figures, the same for all formats meant for people. */
record ExplanationWords(Explanation explanation) {
  /** Significant digits of the exact values: one more than tells doubles apart. */
  private static final int EXACT_DIGITS = 18;

  /** Of a given number as many significant digits as a line of text can hold; JSON has all. */
  private static final int MOST_DIGITS = 60;

  /** A name and what there is to say about it. */
  record Entry(String name, String value) {}

  String title() {
    return (explanation.published().isPresent() ? "The worked example: one" : "One")
        + " training step of a "
        + explanation.inputs().topology()
        + " sigmoid network without biases";
  }

  List<Entry> inputs() {
    Inputs in = explanation.inputs();
    List<String> weights = new ArrayList<>();
    List<String> names = in.topology().weightNames();
    for (int i = 0; i < names.size(); i++) {
      weights.add(given(names.get(i), in.weights().get(i)));
    }
    return List.of(
        new Entry("inputs", given("x1", in.x1()) + ", " + given("x2", in.x2())),
        new Entry("target", given("y", in.target())),
        new Entry("rate", given("η", in.learningRate())),
        new Entry("weights", String.join(", ", weights)));
  }

  private static String given(String name, BigDecimal value) {
    return value.precision() <= MOST_DIGITS
        ? name + " = " + value
        : name + " ≈ " + Decimals.text(value, MOST_DIGITS);
  }

  List<Entry> columns() {
    List<Entry> columns = new ArrayList<>();
    columns.add(
        new Entry(
            "exact", "decimal arithmetic from these very decimals; 18 significant digits shown"));
    columns.add(
        new Entry(
            "DL4J",
            "on "
                + explanation.engine().device()
                + " in "
                + explanation.engine().precision()
                + ", from the inputs rounded to it"));
    columns.add(
        new Entry(
            "ULP", "how far DL4J is from exact, in units in the last place of that precision"));
    if (explanation.published().isPresent()) {
      columns.add(
          new Entry(
              "published",
              "the document's figure; ≠ marks one that is not the exact value rounded, with"
                  + " what it should be and its distance from exact"));
    }
    return columns;
  }

  /** The heads of the columns. */
  List<String> head() {
    List<String> head = new ArrayList<>(List.of("exact", "DL4J", "ULP"));
    if (explanation.published().isPresent()) {
      head.add("published");
    }
    return head;
  }

  /** What stands in the columns for a value. */
  List<String> cells(Quantity quantity) {
    List<String> cells = new ArrayList<>();
    cells.add(Decimals.text(explanation.exact().get(quantity), EXACT_DIGITS));
    cells.add(shortest(explanation.dl4j().get(quantity)));
    cells.add(ulps(explanation.ulps(quantity)));
    explanation.published().ifPresent(figures -> cells.add(published(quantity)));
    return cells;
  }

  private String published(Quantity quantity) {
    String figure = explanation.published().orElseThrow().get(quantity);
    return explanation
        .slip(quantity)
        .map(
            slip ->
                figure
                    + " ≠ "
                    + slip.rounded().toPlainString()
                    + "  ("
                    + (slip.difference().signum() > 0 ? "+" : "")
                    + slip.difference().toPlainString()
                    + ")")
        .orElse(figure);
  }

  /** What the columns show, in sentences. */
  List<String> findings() {
    List<String> findings = new ArrayList<>();
    List<Quantity> all = Quantity.all(explanation.inputs().topology());
    double worst =
        all.stream()
            .map(explanation::ulps)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(ulps -> Math.abs(ulps.getAsDouble()))
            .max()
            .orElse(0);
    findings.add("DL4J: at most " + magnitude(worst) + " ULP from the exact values.");
    String beyond = symbols(all, quantity -> explanation.ulps(quantity).isEmpty());
    if (!beyond.isEmpty()) {
      findings.add("Not finite in " + explanation.engine().precision() + ": " + beyond + ".");
    }
    if (explanation.published().isPresent()) {
      findings.add(
          "Document: "
              + all.stream().filter(this::isSlip).count()
              + " of "
              + all.size()
              + " figures are not the exact values rounded: "
              + symbols(all, this::isSlip)
              + ".");
    }
    return findings;
  }

  private boolean isSlip(Quantity quantity) {
    return explanation.slip(quantity).isPresent();
  }

  private String symbols(List<Quantity> all, Predicate<Quantity> wanted) {
    return all.stream()
        .filter(wanted)
        .map(quantity -> quantity.symbol(explanation.inputs().topology()))
        .collect(Collectors.joining(", "));
  }

  private static String ulps(OptionalDouble ulps) {
    if (ulps.isEmpty()) {
      return "-";
    }
    String magnitude = magnitude(Math.abs(ulps.getAsDouble()));
    if (magnitude.equals("0.0")) {
      return magnitude;
    }
    return (ulps.getAsDouble() < 0 ? "-" : "+") + magnitude;
  }

  private static String magnitude(double ulps) {
    return ulps < 1000
        ? String.format(Locale.ROOT, "%.1f", ulps)
        : String.format(Locale.ROOT, "%.0e", ulps);
  }

  /** The fewest digits that tell the number from its neighbours. */
  private String shortest(double value) {
    boolean isFloat = explanation.engine().precision() == Precision.FLOAT && value == (float) value;
    return isFloat ? Float.toString((float) value) : Double.toString(value);
  }
}
