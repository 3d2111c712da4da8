package io.github.sumnet.gradcheck.design;

import io.github.sumnet.gradcheck.step.ExpectedStep;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Draws weights and batches, rounded to a precision, no larger than their truth is affordable. */
final class Cases {
  private static final double INPUT_DEVIATION = 1.5;

  /** Targets are uniform from −1 to 2: σ reaches neither end, and either sign occurs. */
  private static final double LOWEST_TARGET = -1;

  private static final double HIGHEST_TARGET = 2;

  /** What the exact arithmetic of one batch may cost, in exponentials. */
  private static final int MOST_EXPONENTIALS = 20_000;

  private final Topology topology;
  private final Precision precision;
  private final Random random;

  Cases(Topology topology, Precision precision, long seed) {
    this.topology = topology;
    this.precision = precision;
    this.random = new Random(seed);
  }

  Topology topology() {
    return topology;
  }

  DenseNetwork network() {
    return DenseNetwork.of(topology);
  }

  Precision precision() {
    return precision;
  }

  Random random() {
    return random;
  }

  /**
   * Of so many different samples as many as are affordable: wide networks get fewer, of 4,096 units
   * four.
   */
  int affordable(int samples) {
    return Math.min(samples, MOST_EXPONENTIALS / (topology.hidden() + 1));
  }

  /** Weights uniform between −range and range. */
  double[] weights(double range) {
    return random.doubles(topology.weightCount(), -range, range).map(precision::round).toArray();
  }

  /** Weights by which x1 drives one unit up and the next one down, and both push the output. */
  double[] leaning(double outputWeight) {
    int hidden = topology.hidden();
    double[] values = new double[topology.weightCount()];
    for (int j = 0; j < hidden; j++) {
      int side = j % 2 == 0 ? 1 : -1;
      values[j] = side;
      values[hidden + j] = 0.5 + 0.125 * j;
      values[2 * hidden + j] = side * outputWeight;
    }
    return Arrays.stream(values).map(precision::round).toArray();
  }

  /**
   * Samples with inputs of both signs and targets that have nothing to do with them: no symmetry to
   * hide in.
   *
   * @param size how many are asked for; an unaffordable rest is left out
   */
  List<double[]> chunk(int size) {
    return IntStream.range(0, affordable(size)).mapToObj(i -> rounded(sample())).toList();
  }

  /** One chunk of such samples. */
  Samples batch(int size) {
    return new Samples(List.of(chunk(size)));
  }

  /** A random sample {x1, x2, y}. */
  double[] sample() {
    return sample(
        random.nextGaussian() * INPUT_DEVIATION,
        random.nextGaussian() * INPUT_DEVIATION,
        LOWEST_TARGET + (HIGHEST_TARGET - LOWEST_TARGET) * random.nextDouble());
  }

  /**
   * Samples whose targets are the truth's predictions, rounded: only rounding is left as residual.
   */
  List<double[]> targetMet(double[] weights, int size) {
    List<double[]> rows = chunk(size);
    ExpectedStep truth =
        ExpectedStep.of(network(), weights, new Samples(List.of(rows)), Subject.LEARNING_RATE);
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i)[2] = precision.round(truth.at(Stage.PREDICTED).get(i).doubleValue());
    }
    return rows;
  }

  /** These samples, rounded, in one chunk. */
  Samples samples(double[]... rows) {
    return new Samples(List.of(Arrays.stream(rows).map(this::rounded).toList()));
  }

  double[] rounded(double[] row) {
    return Arrays.stream(row).map(precision::round).toArray();
  }

  static double[] sample(double x1, double x2, double y) {
    return new double[] {x1, x2, y};
  }
}
