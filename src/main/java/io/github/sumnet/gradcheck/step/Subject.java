package io.github.sumnet.gradcheck.step;

import io.github.sumnet.network.WorkedExample;

/**
 * What is judged: anything that takes training steps of plain gradient descent at {@link
 * #LEARNING_RATE} and lets itself be watched.
 */
public interface Subject extends AutoCloseable {
  /** η of the steps that are watched. */
  double LEARNING_RATE = WorkedExample.LEARNING_RATE;

  /** Starts anew from these parameters, rounded to the judged precision already. */
  void begin(double... parameters);

  /** One step over a batch in one or several chunks, from where the last step ended. */
  Observation step(Samples samples) throws InterruptedException;

  @Override
  default void close() {}
}
