package io.github.sumnet.data.file;

import io.github.sumnet.data.Count;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.csv.CsvTable;
import io.github.sumnet.data.npy.NpyBatches;
import io.github.sumnet.data.npy.NpyTable;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Samples of any network in a file: in each row its inputs, then its targets. */
public final class SampleTable {
  private SampleTable() {}

  /**
   * Reads the first samples, rounded to a precision.
   *
   * @param flag what named the file
   * @param most how many are enough
   * @throws DataException if the file is damaged or holds something else; the message names the
   *     place
   * @throws UnusableFileException if it cannot be read
   */
  public static List<double[]> read(
      String flag, Path file, int inputs, int targets, Precision precision, int most) {
    String meaning = Count.of(inputs, "input") + " and then " + Count.of(targets, "target");
    int columns = inputs + targets;
    List<double[]> rows;
    try {
      rows =
          NpyBatches.recognise(file)
              ? NpyTable.read(file, columns, meaning, most)
              : CsvTable.read(file, columns, meaning, most);
    } catch (IOException unreadable) {
      throw new UnusableFileException(
          flag + ": cannot read " + file + ": " + FileFailure.cause(unreadable), unreadable);
    }
    List<double[]> rounded =
        rows.stream().map(row -> Arrays.stream(row).map(precision::round).toArray()).toList();
    for (int i = 0; i < rounded.size(); i++) {
      if (!Arrays.stream(rounded.get(i)).allMatch(Double::isFinite)) {
        throw new DataException(
            file + ": sample " + (i + 1) + " has a number that is not finite in " + precision);
      }
    }
    if (rounded.isEmpty()) {
      throw new DataException(file + ": expected at least one sample, found none");
    }
    return rounded;
  }
}
