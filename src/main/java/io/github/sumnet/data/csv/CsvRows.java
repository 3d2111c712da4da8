package io.github.sumnet.data.csv;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.sumnet.data.Count;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.DoubleBatch;
import io.github.sumnet.data.Printable;
import io.github.sumnet.data.StoredBatches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses samples from the bytes of CSV rows. Plain rows are split at their commas here; a piece
 * with anything else in it, a quote or an error, is parsed by a full CSV reader.
 */
final class CsvRows {
  private static final Pattern COUNTED_LINE = Pattern.compile("line (\\d+)");

  private final Path file;

  CsvRows(Path file) {
    this.file = file;
  }

  /**
   * Parses all rows.
   *
   * @param line the line, from 1, in which the first byte stands
   * @param rows how many there are
   * @throws DataException if a row is not three finite numbers; the message names file and line
   */
  void parse(byte[] bytes, int length, long line, int rows, DoubleBatch into) {
    into.resize(rows);
    if (!parsePlain(bytes, length, into)) {
      parseAny(text(bytes, length), line, into);
    }
  }

  /** The line, from 1, in which a row begins. */
  long line(byte[] bytes, int length, long line, int row) {
    return line - 1 + records(text(bytes, length), line).get(row).getStartingLineNumber();
  }

  List<String> header(byte[] bytes, int length) {
    String text = text(bytes, length);
    List<CsvRecord> records = records(text.startsWith("\uFEFF") ? text.substring(1) : text, 1);
    return records.isEmpty() ? List.of() : records.get(0).getFields();
  }

  private static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Returns whether there are so many plain rows, and nothing else. */
  static boolean parsePlain(byte[] bytes, int length, DoubleBatch into) {
    int at = 0;
    for (int row = 0; row < into.size(); row++) {
      while (at < length && isLineEnd(bytes[at])) {
        at++;
      }
      for (int column = 0; column < 3; column++) {
        int start = at;
        while (at < length && !isDelimiter(bytes[at])) {
          at++;
        }
        byte end = at < length ? bytes[at] : (byte) '\n';
        if (end == '"' || (end == ',') != (column < 2)) {
          return false;
        }
        double value = number(bytes, start, at - start);
        if (!Double.isFinite(value)) {
          return false;
        }
        into.column(column)[row] = value;
        at += column < 2 ? 1 : 0;
      }
    }
    while (at < length && isLineEnd(bytes[at])) {
      at++;
    }
    return at == length;
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }

  private static boolean isDelimiter(byte b) {
    return b <= ',' && (b == ',' || b == '\n' || b == '\r' || b == '"');
  }

  /** Java's numbers may have a type (0.1f), and any control character around them. */
  private static boolean isPlain(byte[] bytes, int start, int length) {
    int first = start;
    int last = start + length - 1;
    while (first < last && isBlank(bytes[first])) {
      first++;
    }
    while (last > first && isBlank(bytes[last])) {
      last--;
    }
    return length > 0
        && bytes[first] > ' '
        && (bytes[last] == '.' || (bytes[last] >= '0' && bytes[last] <= '9'));
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static double number(byte[] bytes, int start, int length) {
    try {
      return isPlain(bytes, start, length)
          ? JavaDoubleParser.parseDouble(bytes, start, length)
          : Double.NaN;
    } catch (NumberFormatException notANumber) {
      return Double.NaN;
    }
  }

  private void parseAny(String text, long line, DoubleBatch into) {
    int row = 0;
    try (CsvReader<CsvRecord> records = reader(text)) {
      for (CsvRecord fields : records) {
        set(row++, fields, file + ":" + (line - 1 + fields.getStartingLineNumber()) + ": ", into);
      }
    } catch (CsvParseException malformed) {
      throw malformed(line, malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory failed", impossible);
    }
    if (row != into.size()) {
      throw new DataException(
          "%s: expected %s from line %s on, found %s: was the file changed since it was opened?"
              .formatted(file, Count.of(into.size(), "row"), line, row));
    }
  }

  private static void set(int row, CsvRecord fields, String place, DoubleBatch into) {
    if (fields.getFieldCount() != StoredBatches.COLUMNS.size()) {
      throw new DataException(place + "expected 3 fields x1,x2,y, found " + fields.getFieldCount());
    }
    for (int column = 0; column < StoredBatches.COLUMNS.size(); column++) {
      double value = number(place, column, fields.getField(column).strip());
      if (row < into.size()) {
        into.column(column)[row] = value;
      }
    }
  }

  private static double number(String place, int column, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    double value = number(bytes, 0, bytes.length);
    if (Double.isFinite(value)) {
      return value;
    }
    throw new DataException(
        "%s%s must be a finite number, found '%s'"
            .formatted(place, StoredBatches.COLUMNS.get(column), Printable.line(text)));
  }

  /** The reader counts lines from the first it was given, and does not number that one. */
  private DataException malformed(long line, CsvParseException failure) {
    Matcher counted = COUNTED_LINE.matcher(failure.getMessage());
    long at = line - 1 + (counted.find() ? Long.parseLong(counted.group(1)) : 1);
    Throwable reason = failure.getCause() == null ? failure : failure.getCause();
    return new DataException(
        file + ": the row in line " + at + " is no CSV: " + Printable.line(reason.getMessage()),
        failure);
  }

  private List<CsvRecord> records(String text, long line) {
    try (CsvReader<CsvRecord> reader = reader(text)) {
      return reader.stream().toList();
    } catch (CsvParseException malformed) {
      throw malformed(line, malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory failed", impossible);
    }
  }

  /** A reader that accepts any number of fields; the caller checks it. */
  private static CsvReader<CsvRecord> reader(String text) {
    return CsvReader.builder()
        .allowMissingFields(true)
        .allowExtraFields(true)
        .maxBufferSize(CsvIndex.LONGEST_ROW)
        .ofCsvRecord(text);
  }
}
