package io.github.sumnet.gradcheck.design;

import io.github.sumnet.data.Batch;
import io.github.sumnet.gradcheck.step.Batches;
import io.github.sumnet.network.Weights;
import java.util.List;

/**
 * A case that an engine is judged on: one or more training steps in a row.
 *
 * @param name what it is called in reports
 * @param weights the network's weights, rounded to the precision that is judged
 * @param steps the batch of each step, in one or more chunks, rounded likewise
 */
public record Design(String name, Weights weights, List<List<Batch>> steps) {
  /** Which faults it cannot show; empty if none are known. */
  public String blindTo() {
    return Blindness.of(weights, steps);
  }

  /** How many samples each step has. */
  public List<Integer> samples() {
    return steps.stream().map(Batches::size).toList();
  }

  /** The samples of all steps together. */
  public int size() {
    return steps.stream().mapToInt(Batches::size).sum();
  }
}
