package io.github.sumnet.data.file;

import io.github.sumnet.data.DataException;
import io.github.sumnet.data.StoredBatches;
import io.github.sumnet.data.csv.CsvBatches;
import io.github.sumnet.data.npy.NpyBatches;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens files of samples, whatever their format. */
public final class SampleFile {
  private SampleFile() {}

  /**
   * Opens a file: NumPy's format if its name ends in .npy or its first bytes say so, else CSV.
   *
   * @throws DataException if it is damaged or holds something else; the message names the place
   * @throws IOException if it cannot be read
   */
  public static StoredBatches open(Path file) throws IOException {
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
