package io.github.sumnet.data;

import java.nio.file.Path;
import java.util.List;

/** Samples in a file, read where they are asked for: memory does not grow with the file. */
public interface StoredBatches extends BatchSource {
  /** What the columns of a file are called. */
  List<String> COLUMNS = List.of("x1", "x2", "y");

  /** The file, as it was named. */
  Path file();

  /**
   * Where a value stands, for messages: file and line, or file, row and byte.
   *
   * @param sample its row, from 0
   * @param column 0 for x1, 1 for x2, 2 for y
   */
  String place(long sample, int column);

  /**
   * Reads samples into rows; returns false if the file does not hold such rows, and is to be read
   * into a batch.
   *
   * @param at the row that the first sample becomes
   */
  default boolean readRows(long first, int count, Rows into, int at) {
    return false;
  }
}
