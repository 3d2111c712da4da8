package io.github.sumnet.data;

import io.github.sumnet.data.csv.CsvBatches;
import io.github.sumnet.data.npy.NpyBatches;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
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

  /**
   * Opens a file: NumPy's format if its name ends in .npy or its first bytes say so, else CSV.
   *
   * @throws DataException if it is damaged or holds something else; the message names the place
   * @throws IOException if it cannot be read
   */
  static StoredBatches open(Path file) throws IOException {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new FileSystemException(file.toString(), null, "not a regular file");
      }
      return NpyBatches.recognise(file) ? NpyBatches.open(file) : CsvBatches.open(file);
    } catch (FileSystemException named) {
      throw named;
    } catch (IOException unnamed) {
      FileSystemException named =
          new FileSystemException(file.toString(), null, unnamed.getMessage());
      named.initCause(unnamed);
      throw named;
    }
  }
}
