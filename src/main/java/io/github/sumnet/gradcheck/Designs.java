package io.github.sumnet.gradcheck;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.WorkedExample;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The cases of a check. Batches of awkward sizes, in one and several chunks and steps; on top of
 * that, in the full form, everything that stresses the arithmetic.
 */
final class Designs {
  private static final int[] SHORT_SIZES = {1, 2, 7, 32};
  private static final int[] SIZES = {1, 2, 3, 7, 32, 1000};

  /** Weights are uniform between −r and r: gentle, strong, and mostly in saturation. */
  private static final double[] WEIGHT_RANGES = {2, 6, 20};

  private static final double INPUT_DEVIATION = 1.5;

  /**
   * Half and all of the digits of float and double, and where their exponentials under- and
   * overflow.
   */
  private static final double[] SATURATION = {16, 17, 36, 37, 100, 745, 800};

  /** What the exact arithmetic of one design may cost, in exponentials. */
  private static final int MOST_EXPONENTIALS = 20_000;

  private static final String SUM_FOR_MEAN = "a sum taken for a mean";
  private static final String SWAPPED_UNITS = "swapped hidden units";
  private static final String TRANSPOSITION = "transposed weights";

  private final Topology topology;
  private final Precision precision;
  private final Random random;
  private final List<Design> designs = new ArrayList<>();

  private Designs(Topology topology, Precision precision, long seed) {
    this.topology = topology;
    this.precision = precision;
    this.random = new Random(seed);
  }

  /**
   * All cases for a network.
   *
   * @param seed what the random ones are drawn from
   */
  static List<Design> of(Form form, Topology topology, Precision precision, long seed) {
    Designs designs = new Designs(topology, precision, seed);
    designs.addCommon();
    if (form == Form.FULL) {
      designs.addStress();
    }
    return List.copyOf(designs.designs);
  }

  /**
   * One random case: any size, weights and inputs of any of several scales.
   *
   * @param random what it is drawn from
   */
  static Design random(Topology topology, Precision precision, Random random) {
    Designs designs = new Designs(topology, precision, random.nextLong());
    int size = SIZES[random.nextInt(SIZES.length - 1)];
    double range = WEIGHT_RANGES[random.nextInt(WEIGHT_RANGES.length)];
    return new Design(
        "random n=" + size,
        size == 1 ? SUM_FOR_MEAN : "",
        designs.weights(range),
        List.of(List.of(designs.batch(size))));
  }

  private void addCommon() {
    if (topology.equals(Topology.DEFAULT)) {
      add(
          "worked example",
          SUM_FOR_MEAN,
          WorkedExample.WEIGHTS.map(precision::round),
          samples(sample(WorkedExample.X1, WorkedExample.X2, WorkedExample.TARGET)));
    }
    addRandom(WEIGHT_RANGES[0], SHORT_SIZES);
    Weights weights = weights(WEIGHT_RANGES[0]);
    designs.add(
        new Design(
            "32 and 5 samples in two chunks", "", weights, List.of(List.of(batch(32), batch(5)))));
    designs.add(
        new Design(
            "32 samples, then 5", "", weights, List.of(List.of(batch(32)), List.of(batch(5)))));
  }

  private void addRandom(double weightRange, int... sizes) {
    for (int size : sizes) {
      add(
          "random n=" + size + ", weights to " + weightRange,
          size == 1 ? SUM_FOR_MEAN : "",
          weights(weightRange),
          batch(size));
    }
  }

  private void addStress() {
    for (double range : WEIGHT_RANGES) {
      addRandom(range, SIZES);
    }
    designs.add(
        new Design(
            "1,000 samples in eight chunks",
            "",
            weights(WEIGHT_RANGES[0]),
            List.of(IntStream.range(0, 8).mapToObj(i -> batch(i < 7 ? 128 : 104)).toList())));
    designs.add(
        new Design(
            "3 samples, then 1, then 2",
            "",
            weights(WEIGHT_RANGES[0]),
            List.of(List.of(batch(3)), List.of(batch(1)), List.of(batch(2)))));
    addSaturation();
    addDegenerate();
    addExtremes();
  }

  /**
   * Units far out on both sides, where 1−σ loses its digits and exponentials over- or underflow.
   */
  private void addSaturation() {
    double[][] samples = new double[2 * SATURATION.length][];
    for (int i = 0; i < SATURATION.length; i++) {
      samples[2 * i] = sample(SATURATION[i], 0.25, 0.5);
      samples[2 * i + 1] = sample(-SATURATION[i], 0.25, 0.5);
    }
    add("hidden units in saturation", "", leaning(1), samples(samples));
    for (double z : SATURATION) {
      // With x1 far out one half of the units is at 1, the other at 0: zo is z, or −z.
      addSaturatedOutput(z);
      if (topology.hidden() == 1) {
        addSaturatedOutput(-z);
      }
    }
  }

  private void addSaturatedOutput(double z) {
    add(
        "output in saturation at " + z,
        "",
        leaning(2 * z / Math.max(topology.hidden(), 2)),
        samples(sample(50, 0.5, 0.25), sample(-50, 0.5, 0.75)));
  }

  /** Weights by which x1 drives one unit up and the next one down, and both push the output. */
  private Weights leaning(double outputWeight) {
    int hidden = topology.hidden();
    double[] values = new double[topology.weightCount()];
    for (int j = 0; j < hidden; j++) {
      int side = j % 2 == 0 ? 1 : -1;
      values[j] = side;
      values[hidden + j] = 0.5 + 0.125 * j;
      values[2 * hidden + j] = side * outputWeight;
    }
    return Weights.of(topology, values).map(precision::round);
  }

  private void addDegenerate() {
    Weights weights = weights(WEIGHT_RANGES[0]);
    add("all weights 0", SWAPPED_UNITS + " and " + TRANSPOSITION, weights.map(w -> 0), batch(3));
    add("all inputs 0", TRANSPOSITION, weights, samples(sample(0, 0, 0.25), sample(-0.0, 0, 1)));
    add("one sample twice", "which sample is left out", weights, repeated(batch(1), 2));
    double[] alike = weights.toArray();
    for (int j = 1; j < topology.hidden(); j++) {
      for (int row = 0; row <= Topology.INPUTS; row++) {
        alike[row * topology.hidden() + j] = alike[row * topology.hidden()];
      }
    }
    add("identical hidden units", SWAPPED_UNITS, Weights.of(topology, alike), batch(3));
    add(
        "x1 = x2",
        TRANSPOSITION,
        weights,
        samples(sample(0.75, 0.75, 0.5), sample(-1.5, -1.5, 0.25)));
    add("target met", "", weights, targetMet(weights));
  }

  /**
   * Samples whose targets are the truth's predictions, rounded: only rounding is left as residual.
   */
  private Batch targetMet(Weights weights) {
    Batch batch = batch(3);
    List<ExactPass> passes =
        ExpectedStep.of(weights, List.of(batch), GradientCheck.LEARNING_RATE).passes();
    for (int i = 0; i < batch.size(); i++) {
      batch.set(i, batch.x1(i), batch.x2(i), passes.get(i).prediction().doubleValue());
    }
    return batch;
  }

  private void addExtremes() {
    Weights weights = weights(0.5);
    double huge = precision == Precision.FLOAT ? 1e30 : 1e300;
    double tiny = precision == Precision.FLOAT ? 1e-40 : 1e-310;
    add("huge inputs", "", weights, samples(sample(huge, -huge / 3, 0.5), sample(-huge, 1, 0.25)));
    double largest = precision.largest();
    add(
        "the largest inputs",
        SUM_FOR_MEAN,
        weights,
        samples(sample(largest / 4, largest / 8, 0.5)));
    add("inputs that overflow", SUM_FOR_MEAN, leaning(1), samples(sample(largest, largest, 0.5)));
    add("huge target", SUM_FOR_MEAN, weights, samples(sample(0.5, 0.25, Math.sqrt(huge))));
    add(
        "subnormal inputs",
        "",
        weights,
        samples(sample(tiny, -tiny / 3, 0.5), sample(-2 * tiny, tiny, 0.25)));
  }

  private void add(String name, String blindTo, Weights weights, Batch batch) {
    designs.add(new Design(name, blindTo, weights, List.of(List.of(batch))));
  }

  private Weights weights(double range) {
    return Weights.of(
        topology,
        random.doubles(topology.weightCount(), -range, range).map(precision::round).toArray());
  }

  /**
   * Inputs of both signs and targets that have nothing to do with them: no symmetry to hide in.
   * Networks of thousands of units get fewer samples than asked for.
   */
  private Batch batch(int size) {
    int affordable = Math.max(2, MOST_EXPONENTIALS / (topology.hidden() + 1));
    double[][] samples = new double[Math.min(size, affordable)][];
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          sample(
              random.nextGaussian() * INPUT_DEVIATION,
              random.nextGaussian() * INPUT_DEVIATION,
              random.nextDouble());
    }
    return samples(samples);
  }

  private Batch repeated(Batch one, int times) {
    double[] sample = Batches.samples(one).get(0);
    return samples(IntStream.range(0, times).mapToObj(i -> sample).toArray(double[][]::new));
  }

  private Batch samples(double[]... samples) {
    return Batches.of(precision, samples);
  }

  private static double[] sample(double x1, double x2, double y) {
    return new double[] {x1, x2, y};
  }
}
