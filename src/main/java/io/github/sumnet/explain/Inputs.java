package io.github.sumnet.explain;

import io.github.sumnet.gradcheck.arithmetic.Arithmetic;
import io.github.sumnet.gradcheck.step.Operations;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.TrainingStep;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.WorkedExample;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * One sample, a network and a learning rate, in decimals: 1.1 is 1.1 here and not the binary number
 * nearest to it.
 *
 * @param weights in the order of {@link Topology#weightNames()}
 */
public record Inputs(
    Topology topology,
    BigDecimal x1,
    BigDecimal x2,
    BigDecimal target,
    BigDecimal learningRate,
    List<BigDecimal> weights) {
  /** The document's worked example. */
  public static final Inputs WORKED_EXAMPLE =
      new Inputs(
          Topology.DEFAULT,
          BigDecimal.valueOf(WorkedExample.X1),
          BigDecimal.valueOf(WorkedExample.X2),
          BigDecimal.valueOf(WorkedExample.TARGET),
          BigDecimal.valueOf(WorkedExample.LEARNING_RATE),
          Arrays.stream(WorkedExample.WEIGHTS.toArray()).mapToObj(BigDecimal::valueOf).toList());

  /**
   * @throws IllegalArgumentException unless there are {@link Topology#weightCount()} weights
   */
  public Inputs {
    weights = List.copyOf(weights);
    if (weights.size() != topology.weightCount()) {
      throw new IllegalArgumentException(
          "a "
              + topology
              + " network has "
              + topology.weightCount()
              + " weights, not "
              + weights.size());
    }
  }

  /** Whether these are the worked example's numbers, however they are written. */
  public boolean isWorkedExample() {
    return topology.equals(WORKED_EXAMPLE.topology)
        && x1.compareTo(WORKED_EXAMPLE.x1) == 0
        && x2.compareTo(WORKED_EXAMPLE.x2) == 0
        && target.compareTo(WORKED_EXAMPLE.target) == 0
        && learningRate.compareTo(WORKED_EXAMPLE.learningRate) == 0
        && Arrays.equals(
            weights.toArray(BigDecimal[]::new),
            WORKED_EXAMPLE.weights.toArray(BigDecimal[]::new),
            BigDecimal::compareTo);
  }

  /** The weight from an input (0 or 1) to a hidden unit (0 to H-1). */
  public BigDecimal hidden(int input, int unit) {
    return weights.get(input * topology.hidden() + unit);
  }

  /** The weight from a hidden unit (0 to H-1) to the output. */
  public BigDecimal output(int unit) {
    return weights.get(Topology.INPUTS * topology.hidden() + unit);
  }

  /** The weights rounded to a precision. */
  Weights weights(Precision precision) {
    return Weights.of(
        topology, weights.stream().mapToDouble(weight -> rounded(weight, precision)).toArray());
  }

  /** One training step from these inputs in an arithmetic, of which nothing is computed yet. */
  <T> TrainingStep<T> step(Arithmetic<T> math, List<T> weightsIn, List<T> sample, T rate) {
    double[] row = {x1.doubleValue(), x2.doubleValue(), target.doubleValue()};
    return new TrainingStep<>(
        math,
        DenseNetwork.of(topology),
        stage -> Operations.TEXTBOOK,
        weightsIn,
        Samples.of(row),
        any -> sample,
        rate,
        null);
  }

  /** The nearest number of a precision, rounded once. */
  static double rounded(BigDecimal value, Precision precision) {
    return precision == Precision.FLOAT ? value.floatValue() : value.doubleValue();
  }
}
