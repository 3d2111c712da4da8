package io.github.sumnet.gradcheck.design;

import io.github.sumnet.data.Batch;
import io.github.sumnet.gradcheck.step.Batches;
import io.github.sumnet.gradcheck.step.Triple;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a design cannot show, whatever an engine makes of it: told by its numbers. A blind design
 * can prove a fault but never certifies.
 */
enum Blindness {
  SUM_FOR_MEAN("a sum taken for a mean", onSteps(steps -> all(steps, Blindness::isSingle))),
  STALE_BATCH_SIZE("a stale batch size", onSteps(Blindness::keepsItsSize)),
  SAMPLE_LEFT_OUT("which sample is left out", onSteps(Blindness::repeatsOneSample)),
  SWAPPED_INPUTS("swapped inputs", onSamples(sample -> sample[0] == sample[1])),
  INPUT_FOR_TARGET(
      "an input taken for the target",
      (weights, steps) ->
          samples(steps).stream().allMatch(sample -> sample[0] == sample[2])
              || samples(steps).stream().allMatch(sample -> sample[1] == sample[2])),
  SWAPPED_UNITS("swapped hidden units", (weights, steps) -> hasTwins(weights)),
  TRANSPOSITION(
      "transposed weights", (weights, steps) -> isSymmetric(weights) || allInputsAreZero(steps));

  private final String fault;
  private final BiPredicate<Weights, List<List<Batch>>> of;

  Blindness(String fault, BiPredicate<Weights, List<List<Batch>>> of) {
    this.fault = fault;
    this.of = of;
  }

  /** The faults that a design cannot show, in words; empty if it shows all of these. */
  static String of(Weights weights, List<List<Batch>> steps) {
    return Arrays.stream(values())
        .filter(blindness -> blindness.of.test(weights, steps))
        .map(blindness -> blindness.fault)
        .collect(Collectors.joining(", "));
  }

  private static BiPredicate<Weights, List<List<Batch>>> onSteps(
      Predicate<List<List<Batch>>> condition) {
    return (weights, steps) -> condition.test(steps);
  }

  private static BiPredicate<Weights, List<List<Batch>>> onSamples(Predicate<double[]> condition) {
    return (weights, steps) -> samples(steps).stream().allMatch(condition);
  }

  private static boolean all(List<List<Batch>> steps, Predicate<List<Batch>> condition) {
    return steps.stream().allMatch(condition);
  }

  private static boolean isSingle(List<Batch> step) {
    return Batches.size(step) == 1;
  }

  /** Several steps, which one batch size fits. */
  private static boolean keepsItsSize(List<List<Batch>> steps) {
    return steps.size() > 1 && steps.stream().map(Batches::size).distinct().count() == 1;
  }

  private static boolean repeatsOneSample(List<List<Batch>> steps) {
    return !all(steps, Blindness::isSingle)
        && all(
            steps, step -> samples(List.of(step)).stream().map(Triple::of).distinct().count() == 1);
  }

  private static boolean allInputsAreZero(List<List<Batch>> steps) {
    return samples(steps).stream().allMatch(sample -> sample[0] == 0 && sample[1] == 0);
  }

  /** Whether two hidden units have the same weights, and keep having them. */
  private static boolean hasTwins(Weights weights) {
    int hidden = weights.topology().hidden();
    double[] w = weights.toArray();
    return IntStream.range(0, hidden)
            .mapToObj(j -> new Triple(w[j], w[hidden + j], w[2 * hidden + j]))
            .distinct()
            .count()
        < hidden;
  }

  /** Whether [2, H] weights are the same when they are read in the wrong order. */
  private static boolean isSymmetric(Weights weights) {
    int hidden = weights.topology().hidden();
    double[] w = weights.toArray();
    return Orders.transpositions(hidden)
        .anyMatch(
            order ->
                IntStream.range(0, Topology.INPUTS * hidden)
                    .allMatch(k -> w[k] == w[order.applyAsInt(k)]));
  }

  private static List<double[]> samples(List<List<Batch>> steps) {
    return steps.stream().flatMap(List::stream).flatMap(c -> Batches.samples(c).stream()).toList();
  }
}
