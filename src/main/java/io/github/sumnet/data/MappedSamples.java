package io.github.sumnet.data;

import java.nio.ByteBuffer;

/**
 * Samples of a mapped file where they lie: numbers in the processor's byte order and in the
 * precision of the batch that refers to them. Whoever computes from here saves a copy, and waits
 * for memory only while it computes.
 *
 * <p>If the file is cut short meanwhile, the JVM throws an {@link InternalError} into the thread,
 * not always at once.
 */
public final class MappedSamples implements Referred {
  private final NpyBatches file;
  private final long first;
  private final Column[] columns;
  private final int rowBytes;
  private final boolean rowsTogether;

  /**
   * The first number of a column, and the memory that it and the following ones are in.
   *
   * @param offset the number's first byte
   */
  public record Column(ByteBuffer memory, int offset) {}

  MappedSamples(
      NpyBatches file, long first, Column[] columns, int numberBytes, boolean rowsTogether) {
    this.file = file;
    this.first = first;
    this.columns = columns;
    this.rowBytes = rowsTogether ? columns.length * numberBytes : numberBytes;
    this.rowsTogether = rowsTogether;
  }

  /** Where a column begins: 0 is x1, 1 is x2, 2 is y. */
  public Column column(int column) {
    return columns[column];
  }

  /** Bytes from one sample's number to the next sample's in the same column. */
  public int rowBytes() {
    return rowBytes;
  }

  /** Whether a sample's three numbers lie one after another; else those of a column do. */
  public boolean rowsTogether() {
    return rowsTogether;
  }

  /**
   * {@inheritDoc}
   *
   * @throws DataException if the file cannot be read any more
   */
  @Override
  public void copy(int from, int count, Batch into) {
    file.read(first + from, count, into);
  }
}
