package io.github.sumnet.gradcheck.design;

import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.network.DenseNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What a design cannot show, whatever an engine makes of it: told by its numbers. A blind design
 * can prove a fault but never certifies.
 */
final class Blindness {
  private final DenseNetwork network;
  private final double[] parameters;
  private final List<double[]> rows;

  private Blindness(DenseNetwork network, double[] parameters, List<Samples> steps) {
    this.network = network;
    this.parameters = parameters;
    rows = steps.stream().flatMap(step -> step.rows().stream()).toList();
  }

  /** The faults that a design cannot show, in words; empty if it shows all of these. */
  static String of(DenseNetwork network, double[] parameters, List<Samples> steps) {
    Blindness design = new Blindness(network, parameters, steps);
    List<String> faults = new ArrayList<>();
    boolean single = all(steps, step -> step.size() == 1);
    if (single) {
      faults.add("a sum taken for a mean");
    }
    if (steps.size() > 1 && steps.stream().map(Samples::size).distinct().count() == 1) {
      faults.add("a stale batch size");
    }
    if (!single && all(steps, Samples::isOneRepeated)) {
      faults.add("which sample is left out");
    }
    if (network.inputs() > 1 && design.onRows(row -> row[0] == row[1])) {
      faults.add("swapped inputs");
    }
    if (design.anyInput(k -> design.onRows(row -> row[k] == row[network.inputs()]))) {
      faults.add("an input taken for the target");
    }
    if (design.hasTwins()) {
      faults.add("swapped hidden units");
    }
    if (design.isSymmetric() || design.onRows(design::hasZeroInputs)) {
      faults.add("transposed weights");
    }
    return String.join(", ", faults);
  }

  private static boolean all(List<Samples> steps, Predicate<Samples> condition) {
    return steps.stream().allMatch(condition);
  }

  private boolean onRows(Predicate<double[]> condition) {
    return rows.stream().allMatch(condition);
  }

  private boolean anyInput(IntPredicate condition) {
    return IntStream.range(0, network.inputs()).anyMatch(condition);
  }

  private boolean hasZeroInputs(double[] row) {
    return IntStream.range(0, network.inputs()).allMatch(k -> row[k] == 0);
  }

  /** Whether two units of a hidden layer have the same weights, and keep having them. */
  private boolean hasTwins() {
    for (int layer = 1; layer < network.depth(); layer++) {
      int at = layer;
      int units = network.units(layer);
      long different = IntStream.range(0, units).mapToObj(j -> weights(at, j)).distinct().count();
      if (different < units) {
        return true;
      }
    }
    return false;
  }

  /** All weights that lead to a unit and away from it. */
  private List<Double> weights(int layer, int unit) {
    List<Double> weights = new ArrayList<>();
    int below = network.units(layer - 1) + (network.layer(layer).bias() ? 1 : 0);
    for (int in = 0; in < below; in++) {
      weights.add(parameters[network.weight(layer, in, unit)]);
    }
    for (int out = 0; out < network.units(layer + 1); out++) {
      weights.add(parameters[network.weight(layer + 1, unit, out)]);
    }
    return weights;
  }

  /**
   * Whether the first hidden layer's weights are the same when they are read in the wrong order.
   */
  private boolean isSymmetric() {
    int rowCount = network.inputs();
    int columns = network.units(1);
    if (network.depth() == 1 || columns == 1 || rowCount == 1) {
      return false;
    }
    return IntStream.range(0, rowCount * columns)
        .allMatch(k -> parameters[k] == parameters[k % columns * rowCount + k / columns]);
  }
}
