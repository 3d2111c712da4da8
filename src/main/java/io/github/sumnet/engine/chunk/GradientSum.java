package io.github.sumnet.engine.chunk;

import io.github.sumnet.engine.Dl4jModel;

/** A sum of samples' gradients, in the model's precision, in the memory where it is computed. */
public interface GradientSum extends AutoCloseable {
  /** One of its own, which stays as it is when this one's owner computes the next chunk. */
  GradientSum copy();

  /**
   * Adds another to this one.
   *
   * @param other of the same engine
   */
  void add(GradientSum other);

  /** Makes it the gradient of the model's next step. */
  void storeIn(Dl4jModel model);

  /** Frees a {@link #copy}; does nothing otherwise. */
  @Override
  default void close() {}
}
