package io.github.sumnet.gradcheck;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Weights;
import java.util.List;

/**
 * A case that an engine is judged on: one or more training steps in a row.
 *
 * @param name what it is called in reports
 * @param weights the network's weights, rounded to the precision that is judged
 * @param steps the batch of each step, in one or more chunks, rounded likewise
 */
record Design(String name, Weights weights, List<List<Batch>> steps) {
  /** Which faults it cannot show; empty if none are known. */
  String blindTo() {
    return Blindness.of(weights, steps);
  }

  /** How many samples each step has. */
  List<Integer> samples() {
    return steps.stream().map(Design::samples).toList();
  }

  /** The samples of all steps together. */
  int size() {
    return steps.stream().mapToInt(Design::samples).sum();
  }

  /** How many samples the chunks have together. */
  static int samples(List<Batch> chunks) {
    return chunks.stream().mapToInt(Batch::size).sum();
  }
}
