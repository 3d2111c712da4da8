package io.github.sumnet.report;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.engine.Reference;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Weights;
import io.github.sumnet.report.chart.Axis;
import io.github.sumnet.report.chart.Curve;
import io.github.sumnet.report.chart.Curve.Point;
import io.github.sumnet.report.chart.LineChart;
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

  /** On a grid over the range that samples are generated in; y is x1 + x2. */
  public static LearnedFunction onGrid(Weights weights, InputRange range) {
    List<Value> values = new ArrayList<>();
    double step = (range.high() - range.low()) / STEPS;
    for (int i = 0; i <= STEPS; i++) {
      for (int j = 0; j <= STEPS; j++) {
        double x1 = range.low() + i * step;
        double x2 = range.low() + j * step;
        values.add(value(weights, x1, x2, x1 + x2));
      }
    }
    return new LearnedFunction(
        "a grid of " + (STEPS + 1) + " × " + (STEPS + 1) + " inputs over the input range " + range,
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

  /** ŷ and y against x1 + x2. */
  LineChart predictions() {
    return new LineChart(
        "Prediction",
        Axis.linear("x1 + x2"),
        Axis.linear("value"),
        List.of(
            Curve.dots("target y", points(Value::y)),
            Curve.dots("prediction ŷ", points(Value::prediction))));
  }

  /** ŷ − y against x1 + x2. */
  LineChart errors() {
    return new LineChart(
        "Error",
        Axis.linear("x1 + x2"),
        Axis.linear("prediction ŷ - target y"),
        List.of(Curve.dots("error", points(Value::error))));
  }

  /** The largest |ŷ − y| among the values. */
  double largestError() {
    return values.stream().mapToDouble(value -> Math.abs(value.error())).max().orElse(0);
  }

  private List<Point> points(ToDoubleFunction<Value> y) {
    return values.stream().map(value -> new Point(value.sum(), y.applyAsDouble(value))).toList();
  }
}
