package io.github.sumnet.gradcheck.design;

import static io.github.sumnet.gradcheck.design.Cases.sample;

import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.WorkedExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The cases of a check. Batches of awkward sizes, in one and several chunks and steps, and what a
 * careless engine clips, flushes or leaves out; on top of that, in the full form, everything that
 * stresses the arithmetic, and all sizes at which blocks and lanes begin and end.
 *
 * <p>They are named by what is really run: wide networks get fewer samples.
 */
public final class Designs {
  private static final int[] SHORT_SIZES = {2, 32};
  private static final int[] SIZES = {1, 2, 3, 7, 32, 1000};

  /** Around the multiples of 16 and the powers of two up to 4,096. */
  private static final int[] OUTLIER_SIZES = {
    31, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025, 2047, 2048,
    2049, 4095, 4096, 4097
  };

  /** Some more than a power of two, and odd. */
  private static final int SHORT_OUTLIER_SIZE = 1027;

  /** Samples times hidden units of the largest chunk of the short form, and of the full one. */
  private static final int SHORT_UNITS = 16_500;

  private static final int FULL_UNITS = 262_400;

  /** Weights are uniform between −r and r: gentle, strong, and mostly in saturation. */
  private static final double[] WEIGHT_RANGES = {2, 6, 20};

  /**
   * Half and all of the digits of float and double, and where their exponentials under- and
   * overflow. The ends first, where not all are affordable.
   */
  private static final double[] SATURATION = {16, 800, 37, 100, 17, 36, 745};

  /** Sizes of steps in a row: up to one more than 16 lanes, large and small ones in turn. */
  private static final int[] STEPS = {17, 1, 16, 2, 15, 3, 14, 4, 13, 5, 12, 6, 11, 7, 10, 8, 9};

  private static final int[] SHORT_STEPS = {17, 1, 12, 4, 15, 3, 9, 6, 16};

  private static final int CHUNKS = 20;
  private static final int SHORT_CHUNKS = 10;

  private final Topology topology;
  private final Precision precision;
  private final Cases cases;
  private final List<Design> designs = new ArrayList<>();

  private Designs(Topology topology, Precision precision, long seed) {
    this.topology = topology;
    this.precision = precision;
    cases = new Cases(topology, precision, seed);
  }

  /**
   * All cases for a network.
   *
   * @param seed what the random ones are drawn from
   */
  public static List<Design> of(Form form, Topology topology, Precision precision, long seed) {
    Designs designs = new Designs(topology, precision, seed);
    designs.addCommon(form);
    if (form == Form.SHORT) {
      designs.addAll(new OutlierSamples(designs.cases, SHORT_UNITS).inOneChunk(SHORT_OUTLIER_SIZE));
    } else {
      designs.addStress();
    }
    return List.copyOf(designs.designs);
  }

  /**
   * One random case: any size, weights and inputs of any of several scales.
   *
   * @param random what it is drawn from
   */
  public static Design random(Topology topology, Precision precision, Random random) {
    Cases cases = new Cases(topology, precision, random.nextLong());
    int size = SIZES[random.nextInt(SIZES.length - 1)];
    double range = WEIGHT_RANGES[random.nextInt(WEIGHT_RANGES.length)];
    return new Design(
        "random n=" + size, cases.network(), cases.weights(range), List.of(cases.batch(size)));
  }

  private void addCommon(Form form) {
    if (topology.equals(Topology.DEFAULT)) {
      add(
          "worked example",
          WorkedExample.WEIGHTS.map(precision::round).toArray(),
          cases.samples(sample(WorkedExample.X1, WorkedExample.X2, WorkedExample.TARGET)));
    }
    addRandom(WEIGHT_RANGES[0], SHORT_SIZES);
    double[] weights = cases.weights(WEIGHT_RANGES[0]);
    int large = cases.affordable(32);
    int small = Math.min(5, large - 1);
    addChunks(large + " and " + small + " samples in two chunks", weights, large, small);
    addSteps(large + " samples, then " + small, weights, large, small);
    addManySteps(form == Form.FULL ? STEPS : SHORT_STEPS);
    addManyChunks(form == Form.FULL ? CHUNKS : SHORT_CHUNKS);
    addSaturatedUnits();
    addTinyGradients();
    add(
        "large targets",
        cases.weights(0.5),
        cases.samples(sample(0.5, 0.25, 30), sample(-0.25, 0.75, 60)));
    add("huge target", cases.weights(0.5), cases.samples(sample(0.5, 0.25, Math.sqrt(huge()))));
  }

  private void addRandom(double weightRange, int... sizes) {
    Arrays.stream(sizes)
        .map(cases::affordable)
        .distinct()
        .forEach(
            size ->
                add(
                    String.format(Locale.ROOT, "random n=%d, weights to %.1f", size, weightRange),
                    cases.weights(weightRange),
                    cases.batch(size)));
  }

  private void addManySteps(int... sizes) {
    int total = Arrays.stream(sizes).sum();
    int most = cases.affordable(total);
    // Wide networks get smaller steps, of changing sizes still.
    int[] affordable =
        most == total
            ? sizes
            : IntStream.rangeClosed(1, most).filter(n -> n * (n + 1) / 2 <= most).toArray();
    addSteps(
        String.format(
            Locale.ROOT,
            "%d steps of 1 to %d samples",
            affordable.length,
            Arrays.stream(affordable).max().orElseThrow()),
        cases.weights(WEIGHT_RANGES[0]),
        affordable);
  }

  private void addManyChunks(int most) {
    int count = cases.affordable(most);
    boolean ragged = cases.affordable(2 * count) == 2 * count;
    int[] sizes = IntStream.range(0, count).map(i -> ragged ? 1 + i % 3 : 1).toArray();
    addChunks(
        count + " chunks of " + (ragged ? "1 to 3 samples" : "1 sample"),
        cases.weights(WEIGHT_RANGES[0]),
        sizes);
  }

  private void addStress() {
    for (double range : WEIGHT_RANGES) {
      addRandom(range, SIZES);
    }
    int most = cases.affordable(1000);
    int part = Math.max(1, most * 128 / 1000);
    int[] eighths =
        IntStream.range(0, 8)
            .map(i -> Math.min(part, most - i * part))
            .filter(size -> size > 0)
            .toArray();
    addChunks(
        String.format(
            Locale.ROOT, "%,d samples in %d chunks", Arrays.stream(eighths).sum(), eighths.length),
        cases.weights(WEIGHT_RANGES[0]),
        eighths);
    addSteps("3 samples, then 1, then 2", cases.weights(WEIGHT_RANGES[0]), 3, 1, 2);
    addSaturatedOutputs();
    addDegenerate();
    addExtremes();
    addLoud();
  }

  private void addLoud() {
    OutlierSamples outliers = new OutlierSamples(cases, FULL_UNITS);
    addAll(outliers.inOneChunk(OUTLIER_SIZES));
    designs.add(outliers.inChunks(1024, 17));
    designs.add(outliers.inChunks(1025, 1023));
    designs.add(outliers.inChunks(4095, 33));
    designs.add(outliers.inChunks(4097, 1025));
    designs.add(outliers.inSteps(4097, 1025, 17));
  }

  /**
   * Units far out on both sides, where 1−σ loses its digits and exponentials over- or underflow.
   */
  private void addSaturatedUnits() {
    int most = cases.affordable(2 * SATURATION.length) / 2;
    double[][] samples = new double[2 * most][];
    for (int i = 0; i < most; i++) {
      samples[2 * i] = sample(SATURATION[i], 0.25, 0.5);
      samples[2 * i + 1] = sample(-SATURATION[i], 0.25, 0.5);
    }
    add("hidden units in saturation", cases.leaning(1), cases.samples(samples));
  }

  private void addSaturatedOutputs() {
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
        cases.leaning(2 * z / Math.max(topology.hidden(), 2)),
        cases.samples(sample(50, 0.5, 0.25), sample(-50, 0.5, 0.75)));
  }

  /**
   * An output near 10^−26, so that all derivatives are as small. On this side of the sigmoid they
   * keep all their digits: not one may be taken for 0.
   */
  private void addTinyGradients() {
    int hidden = topology.hidden();
    double[] weights = cases.weights(WEIGHT_RANGES[0]);
    for (int j = 0; j < hidden; j++) {
      weights[2 * hidden + j] = precision.round(-120.0 / hidden * (1 + 0.25 * j / hidden));
    }
    add(
        "tiny gradients",
        weights,
        cases.samples(sample(0.03, -0.02, 0.5), sample(-0.01, 0.04, 0.75)));
  }

  private void addDegenerate() {
    double[] weights = cases.weights(WEIGHT_RANGES[0]);
    add("all weights 0", new double[weights.length], cases.batch(3));
    add("all inputs 0", weights, cases.samples(sample(0, 0, 0.25), sample(-0.0, 0, 1)));
    double[] one = cases.sample();
    add("one sample twice", weights, cases.samples(one, one));
    double[] alike = weights.clone();
    for (int j = 1; j < topology.hidden(); j++) {
      for (int row = 0; row <= Topology.INPUTS; row++) {
        alike[row * topology.hidden() + j] = alike[row * topology.hidden()];
      }
    }
    add("identical hidden units", alike, cases.batch(3));
    add("x1 = x2", weights, cases.samples(sample(0.75, 0.75, 0.5), sample(-1.5, -1.5, 0.25)));
    add("target met", weights, new Samples(List.of(cases.targetMet(weights, 3))));
  }

  private void addExtremes() {
    double[] weights = cases.weights(0.5);
    double huge = huge();
    double tiny = precision == Precision.FLOAT ? 1e-40 : 1e-310;
    add(
        "huge inputs",
        weights,
        cases.samples(sample(huge, -huge / 3, 0.5), sample(-huge, 1, 0.25)));
    double largest = precision.largest();
    add("the largest inputs", weights, cases.samples(sample(largest / 4, largest / 8, 0.5)));
    add("inputs that overflow", cases.leaning(1), cases.samples(sample(largest, largest, 0.5)));
    add(
        "subnormal inputs",
        weights,
        cases.samples(sample(tiny, -tiny / 3, 0.5), sample(-2 * tiny, tiny, 0.25)));
  }

  private double huge() {
    return precision == Precision.FLOAT ? 1e30 : 1e300;
  }

  private void add(String name, double[] weights, Samples batch) {
    designs.add(new Design(name, cases.network(), weights, List.of(batch)));
  }

  private void addChunks(String name, double[] weights, int... sizes) {
    add(name, weights, new Samples(Arrays.stream(sizes).mapToObj(cases::chunk).toList()));
  }

  private void addSteps(String name, double[] weights, int... sizes) {
    designs.add(
        new Design(
            name, cases.network(), weights, Arrays.stream(sizes).mapToObj(cases::batch).toList()));
  }

  private void addAll(List<Design> more) {
    designs.addAll(more);
  }
}
