package io.github.sumnet.gradcheck;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Weights;
import java.util.List;

/**
 * A case that gradients are compared on.
 *
 * @param name what it is called in reports
 * @param blindTo which faults it cannot show; empty if none are known
 * @param weights the network's weights, rounded to the precision that is judged
 * @param chunks the batch, in one or more chunks
 */
record Design(String name, String blindTo, Weights weights, List<Batch> chunks) {
  int samples() {
    return chunks.stream().mapToInt(Batch::size).sum();
  }
}
