package io.github.sumnet.data;

import io.github.sumnet.network.Precision;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Samples as three columns x1, x2, y in one precision. The buffers are allocated once and reused;
 * only the first {@link #size()} samples count.
 */
public abstract sealed class Batch permits FloatBatch, DoubleBatch {
  /**
   * The most samples that are computed together: their columns, and both inputs one behind the
   * other, find room in one Java array or buffer.
   */
  public static final int MOST_SAMPLES = 1 << 26;

  /** Samples that a batch refers to, and that are made or read only when one is looked at. */
  public interface Pending {
    /** Makes or reads {@code count} of them, from one of them on, counted from 0. */
    void read(int from, int count, Batch into);

    /** Whether these begin where the first {@code count} samples of others end. */
    boolean follow(Pending before, int count);
  }

  private final int capacity;
  private int size;
  private int position;
  private Pending pending;

  Batch(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a batch holds at least one sample, not " + capacity);
    }
    this.capacity = capacity;
  }

  /** An empty batch for at most {@code capacity} samples. */
  public static Batch allocate(Precision precision, int capacity) {
    return switch (precision) {
      case FLOAT -> new FloatBatch(capacity);
      case DOUBLE -> new DoubleBatch(capacity);
    };
  }

  public final int capacity() {
    return capacity;
  }

  /** How many samples are in it. */
  public final int size() {
    return size;
  }

  /**
   * Its place among the chunks of a step, from 0, on which the shape of the gradients' sum depends.
   */
  public final int position() {
    return position;
  }

  /**
   * Declares how many samples are about to be set.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public final void resize(int newSize) {
    if (newSize < 0 || newSize > capacity) {
      throw new IllegalArgumentException(newSize + " samples do not fit a batch of " + capacity);
    }
    size = newSize;
    pending = null;
  }

  /** Refers to samples that are made or read only when one of them is looked at. */
  public final void referTo(Pending samples, int count) {
    resize(count);
    pending = samples;
  }

  /** Which samples these are, if none of them has been looked at. */
  public final Optional<Pending> pending() {
    return Optional.ofNullable(pending);
  }

  /** Fetches samples that are only referred to; to be called before they are looked at. */
  final void fetch() {
    if (pending != null) {
      pending.read(0, size, this);
    }
  }

  /** Gives it another place among the chunks of a step. */
  public final void moveTo(int newPosition) {
    position = newPosition;
  }

  public abstract Precision precision();

  public abstract double x1(int sample);

  public abstract double x2(int sample);

  public abstract double y(int sample);

  /** Sets one sample, rounded to the batch's precision. */
  public abstract void set(int sample, double x1, double x2, double y);

  /**
   * Copies a column to where a buffer stands, in the buffer's byte order; the buffer stays there.
   *
   * @param column x1, x2 or y by its place in a file: 0, 1 or 2
   */
  public abstract void copyColumn(int column, ByteBuffer to);

  /** Copies samples of another batch to a place in this one, rounded to this one's precision. */
  public abstract void copy(DoubleBatch from, int first, int at, int count);
}
