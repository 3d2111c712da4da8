package io.github.sumnet.gradcheck;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Weights;
import java.util.List;

/**
 * What is judged: anything that takes training steps of plain gradient descent at {@link
 * GradientCheck#LEARNING_RATE} and lets itself be watched.
 */
interface Subject extends AutoCloseable {
  /** Starts anew from these weights, rounded to the judged precision already. */
  void begin(Weights weights);

  /** One step over a batch in one or several chunks, from where the last step ended. */
  Observation step(List<Batch> chunks) throws InterruptedException;

  @Override
  default void close() {}
}
