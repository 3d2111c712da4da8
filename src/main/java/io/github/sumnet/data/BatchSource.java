package io.github.sumnet.data;

/**
 * Samples by index. What it returns for an index never changes, so any part can be read again, by
 * any thread, in any order: that is what makes a run resumable and independent of who computes it.
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
   * Like {@link #read}, but a source that generates samples may leave that to whoever computes on
   * them, until one is read.
   */
  default void refer(long first, int count, Batch batch) {
    read(first, count, batch);
  }

  /**
   * The same samples in the order of an epoch, counted from 0: another order in every epoch where
   * samples are shuffled. As pure a function of (epoch, index) as the samples themselves.
   */
  default BatchSource inEpoch(long epoch) {
    return this;
  }
}
