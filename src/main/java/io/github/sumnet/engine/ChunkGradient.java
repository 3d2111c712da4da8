package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes one chunk at a time with the model's current weights. Used by one thread at a time. */
interface ChunkGradient extends AutoCloseable {
  /**
   * Computes the sum of the samples' gradients, which stays here until {@link #addTo} fetches it.
   *
   * @return the chunk's mean loss; NaN if it was not wanted
   */
  double compute(Batch chunk, boolean measureLoss);

  /**
   * Adds the gradient sum to a total, a flat vector in the model's layout.
   *
   * @param replace whether to overwrite the total instead
   */
  void addTo(INDArray total, boolean replace);

  /** The network's output ŷ for every sample. */
  double[] predict(Batch batch);

  /** Both passes over the batch with what they compute on the way. */
  Trace trace(Batch batch);

  @Override
  void close();
}
