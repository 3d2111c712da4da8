package io.github.sumnet.report.run;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.InputBounds;
import io.github.sumnet.engine.textbook.Reference;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Weights;
import io.github.sumnet.report.chart.Axis;
import io.github.sumnet.report.chart.Curve;
import io.github.sumnet.report.chart.Curve.Point;
import io.github.sumnet.report.chart.LineChart;
import io.github.sumnet.report.chart.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a trained network predicts, beside what it should.
 *
 * @param inputs which inputs were looked at, in words
 */
public record LearnedFunction(String inputs, List<Value> values) {
  private static final int STEPS = 20;
  private static final int MOST_SAMPLES = 400;

  /** A prediction ŷ for x1 and x2, whose target is y. */
  public record Value(double x1, double x2, double y, double prediction) {
    double sum() {
      return x1 + x2;
    }

    double error() {
      return prediction - y;
    }
  }

  public LearnedFunction {
    values = List.copyOf(values);
  }

  /** On a grid over where generated samples lie; y is x1 + x2. */
  public static LearnedFunction onGrid(Weights weights, InputBounds inputs) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i <= STEPS; i++) {
      for (int j = 0; j <= STEPS; j++) {
        double x1 = inputs.x1Low() + i * (inputs.x1High() - inputs.x1Low()) / STEPS;
        double x2 = inputs.x2Low() + j * (inputs.x2High() - inputs.x2Low()) / STEPS;
        values.add(value(weights, x1, x2, x1 + x2));
      }
    }
    return new LearnedFunction(
        "a grid of " + (STEPS + 1) + " × " + (STEPS + 1) + " " + LearnedText.inputs(inputs),
        values);
  }

  /** On stored samples, as far apart as they can be; y is what is stored. */
  public static LearnedFunction onSamples(Weights weights, BatchSource samples) {
    List<Value> values = new ArrayList<>();
    long count = Math.min(MOST_SAMPLES, samples.samples());
    Batch one = Batch.allocate(Precision.DOUBLE, 1);
    for (long i = 0; i < count; i++) {
      samples.read(i * samples.samples() / count, 1, one);
      values.add(value(weights, one.x1(0), one.x2(0), one.y(0)));
    }
    return new LearnedFunction(count + " of the held-out samples", values);
  }

  private static Value value(Weights weights, double x1, double x2, double y) {
    return new Value(x1, x2, y, Reference.forward(weights, x1, x2).prediction());
  }

  LineChart predictions() {
    return new LineChart(
        "Prediction",
        Axis.linear("x1 + x2"),
        Axis.linear("value"),
        List.of(
            Curve.dots("target y", Palette.BLUE, points(Value::y)),
            Curve.dots("prediction ŷ", Palette.ORANGE, points(Value::prediction))));
  }

  LineChart errors() {
    return new LineChart(
        "Error",
        Axis.linear("x1 + x2"),
        Axis.linear("prediction ŷ - target y"),
        List.of(Curve.dots("prediction ŷ - target y", Palette.BLUE, points(Value::error))));
  }

  double largestError() {
    return values.stream().mapToDouble(value -> Math.abs(value.error())).max().orElse(0);
  }

  private List<Point> points(ToDoubleFunction<Value> y) {
    return values.stream().map(value -> new Point(value.sum(), y.applyAsDouble(value))).toList();
  }
}
