package io.github.sumnet.engine.fused;

import io.github.sumnet.data.Batch;
import io.github.sumnet.engine.Trace;

/**
 * The fused engine's passes over a chunk in one precision.
 *
 * <p>The shape of the sums is fixed, so that every thread and every machine gets the same bits:
 * blocks of {@link #BLOCK} samples, in each of them lanes; the blocks' lanes are added one block
 * after another, and at the end the lanes pairwise, the upper half to the lower.
 */
public interface FusedPass {
  /** Samples whose lanes are summed together. */
  int BLOCK = 1024;

  /** Takes the weights, in the order of the names, for the chunks to come. */
  void begin(double[] weights);

  /**
   * Both passes over all samples of a batch.
   *
   * @return the SUM of the gradients in the order of the names, and last the sum of the squared
   *     residuals; valid until the next call
   */
  double[] sums(Batch batch);

  /** The outputs ŷ, one for each sample of the batch. */
  double[] predict(Batch batch);

  /** The sum of the squared errors of a batch, in double. */
  double squaredErrors(Batch batch);

  /** The intermediate values of one sample. */
  void trace(Trace trace, Batch batch, int sample);
}
