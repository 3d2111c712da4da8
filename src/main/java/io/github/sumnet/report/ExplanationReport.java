package io.github.sumnet.report;

import io.github.sumnet.device.Device;
import io.github.sumnet.explain.Decimals;
import io.github.sumnet.explain.Explanation;
import io.github.sumnet.explain.Inputs;
import io.github.sumnet.explain.Quantity;
import io.github.sumnet.explain.StepFormulas;
import io.github.sumnet.explain.Values;
import io.github.sumnet.network.Precision;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Block.Column.Kind;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.Report;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One training step on one sample, formula by formula. */
public record ExplanationReport(Explanation explanation) implements Report {
  private static final int SCHEMA = 1;

  /** Significant digits of the exact values for people: one more than tells doubles apart. */
  private static final int EXACT_DIGITS = 18;

  /** The same for programs. */
  private static final int JSON_DIGITS = 40;

  /** Of a given number as many significant digits as a line of text can hold; JSON has all. */
  private static final int MOST_DIGITS = 60;

  @Override
  public String title() {
    return (explanation.published().isPresent() ? "The worked example: one" : "One")
        + " training step of a "
        + explanation.inputs().topology()
        + " sigmoid network without biases";
  }

  @Override
  public Document document() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Facts("", inputs()));
    blocks.add(new Block.Facts("", legend()));
    for (StepFormulas.Step step : StepFormulas.of(explanation.inputs(), explanation.exact())) {
      blocks.add(new Block.Heading(step.title()));
      blocks.add(new Block.Text(step.remark()));
      blocks.add(new Block.Table("", columns(), step.lines().stream().map(this::row).toList()));
    }
    blocks.add(new Block.Heading("Findings"));
    blocks.add(new Block.Bullets(false, findings()));
    return new Document(title(), "", blocks);
  }

  private Map<String, String> inputs() {
    Inputs in = explanation.inputs();
    List<String> names = in.topology().weightNames();
    List<String> weights = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      weights.add(given(names.get(i), in.weights().get(i)));
    }
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put("inputs", given("x1", in.x1()) + ", " + given("x2", in.x2()));
    inputs.put("target", given("y", in.target()));
    inputs.put("rate", given("η", in.learningRate()));
    inputs.put("weights", String.join(", ", weights));
    return inputs;
  }

  private static String given(String name, BigDecimal value) {
    return value.precision() <= MOST_DIGITS
        ? name + " = " + value
        : name + " ≈ " + Decimals.text(value, MOST_DIGITS);
  }

  private Map<String, String> legend() {
    Map<String, String> legend = new LinkedHashMap<>();
    legend.put("exact", "decimal arithmetic from these very decimals; 18 significant digits shown");
    legend.put(
        "DL4J",
        "on %s in %s, from the inputs rounded to it"
            .formatted(explanation.engine().device(), explanation.engine().precision()));
    legend.put("ULP", "how far DL4J is from exact, in units in the last place of that precision");
    if (explanation.published().isPresent()) {
      legend.put(
          "published",
          "the document's figure; ≠ marks one that is not the exact value rounded, with"
              + " what it should be and its distance from exact");
    }
    return legend;
  }

  private List<Column> columns() {
    List<Column> columns =
        new ArrayList<>(Column.of(Kind.CODE, "value", "formula", "with numbers"));
    columns.addAll(Column.words("exact", "DL4J"));
    columns.addAll(Column.of(Kind.NUMBERS, "ULP"));
    if (explanation.published().isPresent()) {
      columns.addAll(Column.words("published"));
    }
    return columns;
  }

  private List<String> row(StepFormulas.Line line) {
    Quantity quantity = line.quantity();
    List<String> cells =
        new ArrayList<>(List.of(line.symbol(), line.formula(), "= " + line.numbers()));
    cells.add(Decimals.text(explanation.exact().get(quantity), EXACT_DIGITS));
    cells.add(shortest(explanation.dl4j().get(quantity)));
    cells.add(ulps(explanation.ulps(quantity)));
    explanation.published().ifPresent(figures -> cells.add(published(figures, quantity)));
    return cells;
  }

  private String published(Values<String> figures, Quantity quantity) {
    return figures.get(quantity)
        + explanation
            .misprint(quantity)
            .map(
                misprint ->
                    " ≠ %s (%s%s)"
                        .formatted(
                            misprint.rounded().toPlainString(),
                            misprint.difference().signum() > 0 ? "+" : "",
                            misprint.difference().toPlainString()))
            .orElse("");
  }

  /** What the columns show, in sentences. */
  private List<String> findings() {
    List<String> findings = new ArrayList<>();
    List<Quantity> all = Quantity.all(explanation.inputs().topology());
    double worst =
        all.stream()
            .map(explanation::ulps)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(ulps -> Math.abs(ulps.getAsDouble()))
            .max()
            .orElse(0);
    findings.add(
        "DL4J: at most " + magnitude(worst) + " ULP from the exact values, " + ofBound(all));
    String beyond = symbols(all, quantity -> explanation.ulps(quantity).isEmpty());
    if (!beyond.isEmpty()) {
      findings.add("Not finite in " + explanation.engine().precision() + ": " + beyond + ".");
    }
    if (explanation.published().isPresent()) {
      findings.add(
          "Document: %s of %s figures are not the exact values rounded: %s."
              .formatted(
                  all.stream().filter(this::isSlip).count(),
                  all.size(),
                  symbols(all, this::isSlip)));
    }
    return findings;
  }

  private String ofBound(List<Quantity> all) {
    double worst =
        all.stream()
            .map(explanation::errorOverBound)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .max()
            .orElse(0);
    return String.format(
        Locale.ROOT,
        worst <= 1
            ? "%.2f of what rounding explains."
            : "%.3g times what rounding explains: WRONG.",
        worst);
  }

  private boolean isSlip(Quantity quantity) {
    return explanation.misprint(quantity).isPresent();
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
    return String.format(Locale.ROOT, ulps < 1000 ? "%.1f" : "%.0e", ulps);
  }

  /** The fewest digits that tell the number from its neighbours. */
  private String shortest(double value) {
    boolean isFloat = explanation.engine().precision() == Precision.FLOAT && value == (float) value;
    return isFloat ? Float.toString((float) value) : Double.toString(value);
  }

  /** Decimals are strings, floating-point numbers are numbers. */
  private record ExplanationJson(
      int schema,
      Device device,
      Precision precision,
      InputsJson inputs,
      Map<String, Object> exact,
      Map<String, Object> reference,
      Map<String, Object> dl4j,
      Map<String, Object> dl4jBound,
      Optional<Map<String, Object>> published) {}

  private record InputsJson(
      BigDecimal x1,
      BigDecimal x2,
      BigDecimal target,
      BigDecimal learningRate,
      Map<String, BigDecimal> weights) {}

  @Override
  public Object json() {
    Inputs in = explanation.inputs();
    return new ExplanationJson(
        SCHEMA,
        explanation.engine().device(),
        explanation.engine().precision(),
        new InputsJson(in.x1(), in.x2(), in.target(), in.learningRate(), byWeight(in.weights())),
        values(explanation.exact().map(value -> Decimals.text(value, JSON_DIGITS))),
        values(explanation.reference()),
        values(explanation.dl4j()),
        values(explanation.bounds()),
        explanation.published().map(this::values));
  }

  private <T> Map<String, Object> values(Values<T> values) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (Quantity quantity : Quantity.all(explanation.inputs().topology())) {
      if (quantity.kind() != Quantity.Kind.GRADIENT && quantity.kind() != Quantity.Kind.UPDATED) {
        json.put(quantity.name(), values.get(quantity));
      }
    }
    json.put("gradient", byWeight(values.gradient()));
    json.put("updated", byWeight(values.updated()));
    return json;
  }

  private <T> Map<String, T> byWeight(List<T> values) {
    Map<String, T> json = new LinkedHashMap<>();
    List<String> names = explanation.inputs().topology().weightNames();
    for (int i = 0; i < names.size(); i++) {
      json.put(names.get(i), values.get(i));
    }
    return json;
  }
}
