package io.github.sumnet.data.csv;

import io.github.sumnet.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Where the rows of a CSV file are: byte and line of every 4,096th, found in one pass over its
 * bytes. A row ends at a line's end outside quotes; empty lines are no rows.
 */
final class CsvIndex {
  static final int ROWS_PER_BLOCK = 4096;

  /**
   * The most bytes of a row, many times what three numbers need: a quote that is never closed is
   * noticed there.
   */
  static final int LONGEST_ROW = 65_536;

  private static final int BUFFER = 1 << 18;

  private final Path file;
  private long headerStart = -1;
  private long headerEnd = -1;
  private long[] starts = new long[64];
  private long[] lines = new long[64];
  private long rows;
  private long end;

  private long line = 1;
  private long rowStart = -1;
  private long rowLine;
  private boolean quoted;
  private byte last;

  private CsvIndex(Path file) {
    this.file = file;
  }

  /**
   * Finds the rows of a file.
   *
   * @throws DataException if a row is far too long
   */
  static CsvIndex of(Path file) throws IOException {
    CsvIndex index = new CsvIndex(file);
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    byte[] bytes = new byte[BUFFER];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer.clear()) > 0) {
        int count = buffer.flip().limit();
        buffer.get(bytes, 0, count);
        index.scan(bytes, count);
      }
    }
    if (index.rowStart >= 0) {
      index.endRow(index.end);
    }
    return index;
  }

  /** Rows below the header. */
  long rows() {
    return rows;
  }

  /** The first byte of the header, -1 if there is no row at all. */
  long headerStart() {
    return headerStart;
  }

  /** The byte after the header. */
  long headerEnd() {
    return headerEnd;
  }

  /** The byte at which a block of rows begins. */
  long start(int block) {
    return starts[block];
  }

  /** The byte after a block of rows and the blank lines that follow it. */
  long end(int block) {
    return (block + 1L) * ROWS_PER_BLOCK < rows ? starts[block + 1] : end;
  }

  /** The line, from 1, in which a block of rows begins. */
  long line(int block) {
    return lines[block];
  }

  /** How many rows a block has. */
  int rows(int block) {
    return (int) Math.min(ROWS_PER_BLOCK, rows - (long) block * ROWS_PER_BLOCK);
  }

  private void scan(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      byte b = bytes[i];
      // Digits, letters, signs and commas are all above the quote.
      if (b <= '"' || rowStart < 0) {
        special(b, i > 0 ? bytes[i - 1] : last, end + i);
      }
    }
    last = bytes[count - 1];
    end += count;
    requireShort(end);
  }

  private void special(byte b, byte before, long position) {
    if (b == '\n' || b == '\r') {
      if (rowStart >= 0 && !quoted) {
        endRow(position);
      }
      if (b == '\r' || before != '\r') {
        line++;
      }
      return;
    }
    if (rowStart < 0) {
      beginRow(position);
    }
    if (b == '"') {
      quoted = !quoted;
    }
  }

  private void beginRow(long position) {
    rowStart = position;
    rowLine = line;
    if (headerStart < 0) {
      headerStart = position;
    } else if (rows % ROWS_PER_BLOCK == 0) {
      int block = Math.toIntExact(rows / ROWS_PER_BLOCK);
      if (block == starts.length) {
        starts = Arrays.copyOf(starts, 2 * block);
        lines = Arrays.copyOf(lines, 2 * block);
      }
      starts[block] = position;
      lines[block] = line;
    }
  }

  private void endRow(long position) {
    requireShort(position);
    if (headerEnd < 0) {
      headerEnd = position;
    } else {
      rows++;
    }
    rowStart = -1;
    quoted = false;
  }

  private void requireShort(long position) {
    if (rowStart >= 0 && position - rowStart > LONGEST_ROW) {
      throw new DataException(
          file
              + ": the row that begins in line "
              + rowLine
              + " is longer than 65,536 bytes; expected x1,x2,y: is a closing quote missing?");
    }
  }
}
