package io.github.sumnet.gradcheck.design;

import io.github.sumnet.gradcheck.step.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Large batches in which a lost sample shows. Of thousands of ordinary samples the bound of a sum,
 * γ_N·Σ|terms|, hides one; here almost all have a residual of a thousandth, and some are outliers
 * with a residual of 1 or more: those at the edges of a chunk and of whatever blocks and lanes an
 * engine may cut it into, and others at random. The ordinary ones repeat a few, so the truth costs
 * little more than that of the outliers.
 */
final class OutlierSamples {
  private static final int LANES = 16;
  private static final int SMALLEST_BLOCK = 64;
  private static final int LARGEST_BLOCK = 4096;

  /** Every block of this size begins and ends with an outlier, not only the first. */
  private static final int COMMON_BLOCK = 1024;

  private static final int DIFFERENT_ORDINARY_ONES = 3;
  private static final double ORDINARY_RESIDUAL = 0x1p-10;
  private static final int OUTLIERS = 64;
  private static final double WEIGHT_RANGE = 2;

  private final Cases cases;
  private final int mostSamples;
  private final double[] weights;
  private final List<double[]> ordinary;

  /**
   * Designs for a network.
   *
   * @param mostUnits how many samples times hidden units a chunk may have
   */
  OutlierSamples(Cases cases, int mostUnits) {
    this.cases = cases;
    mostSamples = mostUnits / cases.topology().hidden();
    weights = cases.weights(WEIGHT_RANGE);
    ordinary =
        cases.targetMet(weights, DIFFERENT_ORDINARY_ONES).stream()
            .map(row -> cases.rounded(Cases.sample(row[0], row[1], row[2] + ORDINARY_RESIDUAL)))
            .toList();
  }

  /** A step of one chunk for each of these sizes, as far as they are affordable. */
  List<Design> inOneChunk(int... sizes) {
    return Arrays.stream(sizes)
        .map(this::affordable)
        .distinct()
        .mapToObj(size -> design(List.of(new int[] {size})))
        .toList();
  }

  /** A step of several chunks. */
  Design inChunks(int... sizes) {
    return design(List.of(sizes));
  }

  /** A step of one chunk after the other: what is left of a larger one must not come in again. */
  Design inSteps(int... sizes) {
    return design(Arrays.stream(sizes).mapToObj(size -> new int[] {size}).toList());
  }

  private int affordable(int size) {
    return Math.min(size, mostSamples);
  }

  private Design design(List<int[]> steps) {
    List<int[]> sizes =
        steps.stream().map(step -> Arrays.stream(step).map(this::affordable).toArray()).toList();
    return new Design(
        sizes.stream()
            .map(OutlierSamples::name)
            .collect(Collectors.joining(", then ", "", " samples, outliers among them")),
        cases.network(),
        weights,
        sizes.stream()
            .map(step -> new Samples(Arrays.stream(step).mapToObj(this::chunk).toList()))
            .toList());
  }

  private static String name(int... chunks) {
    return Arrays.stream(chunks)
        .mapToObj(size -> String.format(Locale.ROOT, "%,d", size))
        .collect(Collectors.joining(" and "));
  }

  private List<double[]> chunk(int size) {
    double[][] samples = new double[size][];
    for (int i = 0; i < size; i++) {
      samples[i] = ordinary.get(i % ordinary.size());
    }
    for (int i : outliers(size)) {
      double[] sample = cases.sample();
      // σ is between 0 and 1, so the residual is between 1 and 3.
      double beyond = 1 + cases.random().nextDouble();
      sample[2] = cases.random().nextBoolean() ? -beyond : 1 + beyond;
      samples[i] = cases.rounded(sample);
    }
    return List.of(samples);
  }

  /** The indices of the outliers, the last first, where not all are affordable. */
  private List<Integer> outliers(int size) {
    TreeSet<Integer> edges = new TreeSet<>(Comparator.reverseOrder());
    int lanes = size / LANES * LANES;
    edges.addAll(List.of(size - 1, size - 2, lanes, lanes - 1, LANES, LANES - 1, 1, 0));
    for (int block = SMALLEST_BLOCK; block <= LARGEST_BLOCK; block *= 2) {
      edges.addAll(List.of(block, block - 1));
    }
    for (int block = COMMON_BLOCK; block <= size; block += COMMON_BLOCK) {
      edges.addAll(List.of(block, block - 1));
    }
    List<Integer> outliers =
        new ArrayList<>(edges.stream().filter(i -> i >= 0 && i < size).distinct().toList());
    IntStream others = cases.random().ints(OUTLIERS, 0, size);
    others.filter(i -> !outliers.contains(i)).distinct().forEach(outliers::add);
    return outliers.stream().limit(cases.affordable(OUTLIERS)).toList();
  }
}
