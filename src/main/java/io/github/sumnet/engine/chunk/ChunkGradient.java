package io.github.sumnet.engine.chunk;

import io.github.sumnet.data.Batch;
import io.github.sumnet.engine.ErrorSum;
import io.github.sumnet.engine.Trace;

/** Computes one chunk at a time with the model's current weights. Used by one thread at a time. */
public interface ChunkGradient extends AutoCloseable {
  /**
   * Both passes over a chunk.
   *
   * @param measureLoss whether the loss is wanted
   * @return valid until the next call
   */
  ChunkSum sum(Batch chunk, boolean measureLoss);

  /**
   * Copies a chunk, which must not change any more, to where all threads of an engine compute, and
   * keeps it there; does nothing where they compute from the batches themselves.
   */
  default void hold(Batch chunk) {}

  /** The network's output ŷ for every sample. */
  double[] predict(Batch batch);

  /** The sum of the squared errors of a batch, in double. */
  default double squaredErrors(Batch batch) {
    return ErrorSum.of(batch, predict(batch)).squares();
  }

  /** Both passes over the batch with what they compute on the way. */
  Trace trace(Batch batch);

  @Override
  void close();
}
