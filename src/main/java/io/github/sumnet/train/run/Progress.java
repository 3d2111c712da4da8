package io.github.sumnet.train.run;

import io.github.sumnet.train.Measurement;
import io.github.sumnet.train.Position;

/** Shows how training goes, in the thread that trains. */
public interface Progress extends AutoCloseable {
  /** Shows nothing. */
  Progress NONE = new Progress() {};

  /** Something was measured. */
  default void show(Measurement measurement) {}

  /** A checkpoint was written; the last one is the end. */
  default void reached(Position position) {}

  @Override
  default void close() {}
}
