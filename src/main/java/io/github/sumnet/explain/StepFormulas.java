package io.github.sumnet.explain;

import static io.github.sumnet.explain.Decimals.computed;
import static io.github.sumnet.explain.Decimals.given;

import io.github.sumnet.explain.Quantity.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The formulas of one training step, in the document's order, in symbols and with the numbers of
 * any inputs.
 */
public final class StepFormulas {
  /** A sum with more terms than this is written with an ellipsis. */
  private static final int MOST_TERMS = 8;

  private final Inputs in;
  private final Values<BigDecimal> exact;
  private final List<String> weightNames;

  private StepFormulas(Inputs in, Values<BigDecimal> exact) {
    this.in = in;
    this.exact = exact;
    weightNames = in.topology().weightNames();
  }

  /**
   * One of the four steps of the explanation.
   *
   * @param title such as "Step 1: forward pass"
   * @param remark what happens in it, in a sentence
   */
  public record Step(String title, String remark, List<Line> lines) {}

  /**
   * One value and the formula that gives it.
   *
   * @param symbol what it is called in formulas, and what it takes: "z1 =", "∂L/∂w11 =", "w11 ←"
   * @param formula in symbols
   * @param numbers the formula with numbers put in
   */
  public record Line(Quantity quantity, String symbol, String formula, String numbers) {}

  /** The forward pass, the loss, the backward pass and the update. */
  public static List<Step> of(Inputs inputs, Values<BigDecimal> exact) {
    StepFormulas formulas = new StepFormulas(inputs, exact);
    return List.of(formulas.forward(), formulas.loss(), formulas.backward(), formulas.update());
  }

  private Step forward() {
    List<Line> lines = new ArrayList<>();
    for (int j = 0; j < hidden(); j++) {
      lines.add(
          new Line(
              new Quantity(Kind.Z, j),
              "z" + (j + 1) + " =",
              "x1·" + name(0, j) + " + x2·" + name(1, j),
              product(given(in.x1()), given(in.hidden(0, j)))
                  + " + "
                  + product(given(in.x2()), given(in.hidden(1, j)))));
      lines.add(sigmoid(new Quantity(Kind.A, j), "a" + (j + 1), "z" + (j + 1), exact.z().get(j)));
    }
    lines.add(
        new Line(
            Quantity.of(Kind.ZO),
            "zo =",
            sum(j -> "a" + (j + 1) + "·" + name(2, j)),
            sum(j -> product(computed(exact.a().get(j)), given(in.output(j))))));
    lines.add(sigmoid(Quantity.of(Kind.PREDICTION), "ŷ", "zo", exact.zo()));
    return new Step(
        "Step 1: forward pass",
        "Each unit sums its weighted inputs, z, and passes them through σ(z) = 1/(1 + e^-z).",
        lines);
  }

  private Line sigmoid(Quantity quantity, String symbol, String argument, BigDecimal z) {
    String exponent = z.signum() > 0 ? "-" + computed(z) : computed(z.negate());
    return new Line(quantity, symbol + " =", "σ(" + argument + ")", "1/(1 + e^" + exponent + ")");
  }

  private Step loss() {
    return new Step(
        "Step 2: loss",
        "Half the squared error of the prediction ŷ against the target y.",
        List.of(new Line(Quantity.of(Kind.LOSS), "L =", "½(ŷ - y)²", "½" + residual() + "²")));
  }

  private Step backward() {
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line(
            Quantity.of(Kind.DELTA_OUTPUT),
            "δo =",
            "(ŷ - y)·ŷ·(1 - ŷ)",
            residual() + "·" + slope(exact.prediction())));
    for (int j = 0; j < hidden(); j++) {
      lines.add(
          gradient(
              2,
              j,
              "δo·a" + (j + 1),
              product(computed(exact.deltaOutput()), computed(exact.a().get(j)))));
    }
    for (int j = 0; j < hidden(); j++) {
      String a = "a" + (j + 1);
      String delta = "δ" + (j + 1);
      lines.add(
          new Line(
              new Quantity(Kind.DELTA_HIDDEN, j),
              delta + " =",
              "δo·" + name(2, j) + "·" + a + "·(1 - " + a + ")",
              product(computed(exact.deltaOutput()), given(in.output(j)))
                  + "·"
                  + slope(exact.a().get(j))));
      lines.add(
          gradient(
              0, j, delta + "·x1", product(computed(exact.deltaHidden().get(j)), given(in.x1()))));
      lines.add(
          gradient(
              1, j, delta + "·x2", product(computed(exact.deltaHidden().get(j)), given(in.x2()))));
    }
    return new Step(
        "Step 3: backward pass",
        "δ is the loss's derivative by a unit's z; a weight's is that times what comes in by it.",
        lines);
  }

  private Line gradient(int row, int unit, String formula, String numbers) {
    return new Line(
        new Quantity(Kind.GRADIENT, index(row, unit)),
        "∂L/∂" + name(row, unit) + " =",
        formula,
        numbers);
  }

  private Step update() {
    List<Line> lines = new ArrayList<>();
    for (int j = 0; j < hidden(); j++) {
      lines.add(updated(2, j));
    }
    for (int j = 0; j < hidden(); j++) {
      lines.add(updated(0, j));
      lines.add(updated(1, j));
    }
    return new Step(
        "Step 4: weight update", "Every weight takes a step of η down its gradient.", lines);
  }

  private Line updated(int row, int unit) {
    String name = name(row, unit);
    int index = index(row, unit);
    return new Line(
        new Quantity(Kind.UPDATED, index),
        name + " ←",
        name + " - η·∂L/∂" + name,
        given(in.weights().get(index))
            + " - "
            + product(given(in.learningRate()), computed(exact.gradient().get(index))));
  }

  private String residual() {
    return "(" + computed(exact.prediction()) + " - " + factor(given(in.target())) + ")";
  }

  private String slope(BigDecimal activation) {
    return computed(activation) + "·(1 - " + computed(activation) + ")";
  }

  private String sum(IntFunction<String> term) {
    if (hidden() <= MOST_TERMS) {
      return IntStream.range(0, hidden()).mapToObj(term).collect(Collectors.joining(" + "));
    }
    return term.apply(0) + " + " + term.apply(1) + " + … + " + term.apply(hidden() - 1);
  }

  private static String product(String left, String right) {
    return left + "·" + factor(right);
  }

  /** A number behind an operator: in brackets if it has a sign. */
  private static String factor(String number) {
    return number.startsWith("-") ? "(" + number + ")" : number;
  }

  /** The name of a weight from x1 (row 0), from x2 (row 1) or to the output (row 2). */
  private String name(int row, int unit) {
    return weightNames.get(index(row, unit));
  }

  private int index(int row, int unit) {
    return row * hidden() + unit;
  }

  private int hidden() {
    return in.topology().hidden();
  }
}
