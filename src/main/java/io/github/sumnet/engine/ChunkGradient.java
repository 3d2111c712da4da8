package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;

/** Computes one chunk at a time with the model's current weights. Used by one thread at a time. */
interface ChunkGradient extends AutoCloseable {
  /**
   * Computes the sum of the samples' gradients, which stays here until it is fetched.
   *
   * @return the chunk's mean loss; NaN if it was not wanted
   */
  double compute(Batch chunk, boolean measureLoss);

  /**
   * Adds the gradient sum to that of the model's next step.
   *
   * @param first whether it is the step's first, which replaces what is there
   */
  void addTo(boolean first);

  /** The gradient sum as a flat vector in the model's layout; for engines of several threads. */
  double[] copy();

  /** The network's output ŷ for every sample. */
  double[] predict(Batch batch);

  /** Both passes over the batch with what they compute on the way. */
  Trace trace(Batch batch);

  @Override
  void close();
}
