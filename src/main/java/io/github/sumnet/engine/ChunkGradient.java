package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;

/** Computes one chunk at a time with the model's current weights. Used by one thread at a time. */
interface ChunkGradient extends AutoCloseable {
  /**
   * Both passes over a chunk.
   *
   * @param measureLoss whether the loss is wanted
   * @return valid until the next call
   */
  ChunkSum sum(Batch chunk, boolean measureLoss);

  /** The network's output ŷ for every sample. */
  double[] predict(Batch batch);

  /** Both passes over the batch with what they compute on the way. */
  Trace trace(Batch batch);

  @Override
  void close();
}
