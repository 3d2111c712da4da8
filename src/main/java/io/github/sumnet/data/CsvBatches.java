package io.github.sumnet.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * Samples from a CSV file with the header x1,x2,y, held in memory: 24 bytes a sample. Only finite
 * numbers are accepted.
 */
public final class CsvBatches implements BatchSource {
  private static final List<String> HEADER = List.of("x1", "x2", "y");

  private final double[] x1;
  private final double[] x2;
  private final double[] y;

  private CsvBatches(double[] x1, double[] x2, double[] y) {
    this.x1 = x1;
    this.x2 = x2;
    this.y = y;
  }

  /**
   * Reads a file.
   *
   * @throws DataException if a line is not what it should be; the message names file and line
   * @throws IOException if the file cannot be read
   */
  public static CsvBatches read(Path file) throws IOException {
    Columns columns = new Columns(file);
    try (CsvReader<CsvRecord> records = reader().ofCsvRecord(file)) {
      Iterator<CsvRecord> lines = records.iterator();
      columns.requireHeader(lines.hasNext() ? lines.next().getFields() : List.of());
      lines.forEachRemaining(columns::add);
    } catch (CsvParseException malformed) {
      throw new DataException(file + ": not a CSV file: " + malformed.getMessage(), malformed);
    }
    return columns.toBatches();
  }

  /** Lines of any number of fields are read, so that the complaint about them is this class's. */
  private static CsvReader.CsvReaderBuilder reader() {
    return CsvReader.builder().allowMissingFields(true).allowExtraFields(true);
  }

  @Override
  public long samples() {
    return x1.length;
  }

  @Override
  public void read(long first, int count, Batch into) {
    Objects.checkFromIndexSize(first, count, samples());
    into.resize(count);
    for (int i = 0; i < count; i++) {
      int row = (int) first + i;
      into.set(i, x1[row], x2[row], y[row]);
    }
  }

  /** The columns while they grow. */
  private static final class Columns {
    private final Path file;
    private double[][] columns = new double[3][1024];
    private int rows;

    Columns(Path file) {
      this.file = file;
    }

    void requireHeader(List<String> found) {
      if (!found.stream().map(String::strip).toList().equals(HEADER)) {
        throw new DataException(
            file + ":1: expected the header x1,x2,y, found '" + String.join(",", found) + "'");
      }
    }

    void add(CsvRecord line) {
      if (line.getFieldCount() != HEADER.size()) {
        throw new DataException(
            place(line) + "expected 3 fields x1,x2,y, found " + line.getFieldCount());
      }
      if (rows == columns[0].length) {
        columns =
            Arrays.stream(columns).map(c -> Arrays.copyOf(c, 2 * rows)).toArray(double[][]::new);
      }
      for (int i = 0; i < columns.length; i++) {
        columns[i][rows] = number(line, i);
      }
      rows++;
    }

    private double number(CsvRecord line, int field) {
      String text = line.getField(field).strip();
      try {
        double value = Double.parseDouble(text);
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException notANumber) {
        // Falls through to the same complaint as infinities.
      }
      throw new DataException(
          place(line) + HEADER.get(field) + " must be a finite number, found '" + text + "'");
    }

    private String place(CsvRecord line) {
      return file + ":" + line.getStartingLineNumber() + ": ";
    }

    CsvBatches toBatches() {
      if (rows == 0) {
        throw new DataException(file + ": expected at least one sample below the header");
      }
      return new CsvBatches(
          Arrays.copyOf(columns[0], rows),
          Arrays.copyOf(columns[1], rows),
          Arrays.copyOf(columns[2], rows));
    }
  }
}
