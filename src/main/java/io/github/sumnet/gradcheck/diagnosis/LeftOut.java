package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.data.Batch;
import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.step.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Sums that stop after so many samples or chunks of a batch, the same number in every step that has
 * more of them.
 */
final class LeftOut {
  private final Stage stage;
  private final AlternativeStep step;
  private final double[] value;
  private final double[] magnitude;

  private LeftOut(Stage stage, AlternativeStep step) {
    this.stage = stage;
    this.step = step;
    value = new double[step.size(stage)];
    magnitude = new double[step.size(stage)];
  }

  /** The explanation, if it is one for all these steps. */
  static Optional<Suspicion> explain(Stage stage, List<AlternativeStep> steps) {
    if (!SumHypotheses.isSum(stage)) {
      return Optional.empty();
    }
    return beyond(Cause.CHUNKS_BEYOND, "chunks", stage, steps, LeftOut::byChunks)
        .or(() -> beyond(Cause.SAMPLES_BEYOND, "samples", stage, steps, LeftOut::bySamples));
  }

  private interface Ends {
    /** After how many samples each part of a batch ends, but for the last. */
    int[] of(AlternativeStep step);
  }

  private static Optional<Suspicion> beyond(
      Cause cause, String what, Stage stage, List<AlternativeStep> steps, Ends ends) {
    TreeSet<Integer> counts = null;
    int most = 0;
    for (AlternativeStep each : steps) {
      if (each.wrong(stage).length > 0) {
        int[] parts = ends.of(each);
        most = Math.max(most, parts.length);
        List<Integer> fitting = new LeftOut(stage, each).fitting(parts);
        counts = counts == null ? new TreeSet<>(fitting) : counts;
        counts.retainAll(fitting);
      }
    }
    // Where never more than one is left out, it need not be for being beyond a number.
    return counts == null || counts.isEmpty() || counts.last() >= most
        ? Optional.empty()
        : Optional.of(new Suspicion(cause, "the first " + counts.last() + " " + what));
  }

  /** How many parts can be all that went in. */
  private List<Integer> fitting(int... ends) {
    List<Integer> fitting = new ArrayList<>();
    int sample = 0;
    for (int part = 0; part < ends.length; part++) {
      for (; sample < ends[part]; sample++) {
        add(sample);
      }
      List<Approximation> sums = sums();
      if (step.agrees(stage, sums) && 2 * step.told(stage, sums) > step.wrong(stage).length) {
        fitting.add(part + 1);
      }
    }
    return fitting;
  }

  private void add(int sample) {
    for (int k = 0; k < value.length; k++) {
      double term = step.term(stage, k, sample);
      value[k] += term;
      magnitude[k] += Math.abs(term);
    }
  }

  private List<Approximation> sums() {
    double share = step.model().gamma(3);
    return AlternativeStep.values(
        value.length,
        k -> new Approximation(value[k], step.bound(stage, k) + share * magnitude[k]));
  }

  private static int[] byChunks(AlternativeStep step) {
    List<Batch> chunks = step.evidence().chunks();
    int[] ends = new int[chunks.size() - 1];
    int end = 0;
    for (int chunk = 0; chunk < ends.length; chunk++) {
      end += chunks.get(chunk).size();
      ends[chunk] = end;
    }
    return ends;
  }

  private static int[] bySamples(AlternativeStep step) {
    return IntStream.range(1, step.size()).toArray();
  }
}
