package io.github.sumnet.data;

/**
 * Samples by index. What it returns for an index never changes, so any part can be read again, by
 * any thread, in any order: that makes a run resumable and its result independent of the threads.
 */
public interface BatchSource {
  /** How many samples one epoch has, at least 1. */
  long samples();

  /**
   * Reads samples {@code first} to {@code first + count - 1} into the batch and sets its size.
   *
   * @throws IndexOutOfBoundsException if a sample is outside 0 to {@link #samples()} - 1
   */
  void read(long first, int count, Batch into);

  /**
   * Like {@link #read}, but a source that generates samples may do so only when one of them is
   * read.
   */
  default void refer(long first, int count, Batch batch) {
    read(first, count, batch);
  }

  /**
   * Makes sure that what was read is what is stored: whoever writes down what was computed from
   * samples asks before.
   *
   * @throws DataException if a file has been cut short
   */
  default void requireWhole() {}

  /**
   * This source's samples in the order of an epoch, counted from 0. Where samples are shuffled
   * every epoch has another order, a pure function of (epoch, index).
   */
  default BatchSource inEpoch(long epoch) {
    return this;
  }
}
