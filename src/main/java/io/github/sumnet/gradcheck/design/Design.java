package io.github.sumnet.gradcheck.design;

import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.network.DenseNetwork;
import java.util.List;

/**
 * A case that an engine is judged on: one or more training steps in a row.
 *
 * @param name what it is called in reports
 * @param parameters the network's, rounded to the precision that is judged; not to be changed
 * @param steps the batch of each step, rounded likewise
 */
@SuppressWarnings("ArrayRecordComponent") // never compared with another
public record Design(String name, DenseNetwork network, double[] parameters, List<Samples> steps) {

  /** Which faults it cannot show; empty if none are known. */
  public String blindTo() {
    return Blindness.of(network, parameters, steps);
  }

  /** How many samples each step has. */
  public List<Integer> samples() {
    return steps.stream().map(Samples::size).toList();
  }

  /** The samples of all steps together. */
  public int size() {
    return steps.stream().mapToInt(Samples::size).sum();
  }
}
