package io.github.sumnet.gradcheck.step;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.WorkedExample;
import java.util.List;

/**
 * What is judged: anything that takes training steps of plain gradient descent at {@link
 * #LEARNING_RATE} and lets itself be watched.
 */
public interface Subject extends AutoCloseable {
  /** η of the steps that are watched. */
  double LEARNING_RATE = WorkedExample.LEARNING_RATE;

  /** Starts anew from these weights, rounded to the judged precision already. */
  void begin(Weights weights);

  /** One step over a batch in one or several chunks, from where the last step ended. */
  Observation step(List<Batch> chunks) throws InterruptedException;

  @Override
  default void close() {}
}
