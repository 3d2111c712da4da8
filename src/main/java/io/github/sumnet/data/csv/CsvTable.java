package io.github.sumnet.data.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.Printable;
import io.github.sumnet.data.RealNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** The first rows of a CSV file with any number of columns, below a header or without one. */
public final class CsvTable {
  private CsvTable() {}

  /**
   * Reads rows. A first row without any number is a header.
   *
   * @param columns how many are expected
   * @param meaning what they are, for messages
   * @param most how many rows are enough
   * @throws DataException if a row is anything else; the message names file and line
   */
  public static List<double[]> read(Path file, int columns, String meaning, int most)
      throws IOException {
    List<double[]> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .detectBomHeader(true)
            .allowMissingFields(true)
            .allowExtraFields(true)
            .maxBufferSize(CsvIndex.LONGEST_ROW)
            .ofCsvRecord(file)) {
      Iterator<CsvRecord> records = reader.iterator();
      for (boolean first = true; rows.size() < most && records.hasNext(); first = false) {
        CsvRecord found = records.next();
        String place = file + ":" + found.getStartingLineNumber() + ": ";
        if (found.getFieldCount() != columns) {
          throw new DataException(
              "%sexpected %s columns, %s, found %s"
                  .formatted(place, columns, meaning, found.getFieldCount()));
        }
        double[] row = found.getFields().stream().mapToDouble(CsvTable::number).toArray();
        int[] names = IntStream.range(0, columns).filter(k -> !Double.isFinite(row[k])).toArray();
        if (names.length == 0) {
          rows.add(row);
        } else if (!first || names.length < columns) {
          throw new DataException(
              place
                  + "expected finite numbers, found '"
                  + Printable.line(found.getField(names[0]))
                  + "'");
        }
      }
    } catch (CsvParseException malformed) {
      throw new DataException(
          file + " is no CSV: " + Printable.line(malformed.getMessage()), malformed);
    }
    return rows;
  }

  /** NaN if it is none. */
  private static double number(String text) {
    try {
      return RealNumber.parse(text.strip());
    } catch (NumberFormatException none) {
      return Double.NaN;
    }
  }
}
