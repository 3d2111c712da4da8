package io.github.sumnet.data.npy;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.Rows;
import io.github.sumnet.data.StoredBatches;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;

/**
 * Samples from a NumPy file of shape (N, 3), mapped into memory: the system reads what is used and
 * takes it back when memory is short. float32 and float64 in either byte order, C's or Fortran's
 * order of the array. Safe for use by several threads at once.
 */
public final class NpyBatches implements StoredBatches {
  /**
   * Rows that pass through a thread's scratch array at once: what stays in a core's first cache.
   */
  private static final int ROWS_AT_ONCE = 512;

  /** Bytes that are mapped as one buffer: whole rows of both types, less than 2 GiB. */
  private static final long SEGMENT_BYTES = 3L << 28;

  private final Path file;
  private final NpyHeader header;
  private final NpyNumbers numbers;
  private final RandomAccessFile whole;
  private FileChannel channel;

  private NpyBatches(Path file, NpyHeader header, NpyNumbers numbers) throws IOException {
    this.file = file;
    this.header = header;
    this.numbers = numbers;
    whole = new RandomAccessFile(file.toFile(), "r");
  }

  /** Whether a file is one of NumPy's by its name or by its first bytes. */
  public static boolean recognise(Path file) throws IOException {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".npy")) {
      return true;
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      return NpyHeader.isMagic(bytes.readNBytes(NpyHeader.MAGIC_BYTES));
    }
  }

  /**
   * Opens a file.
   *
   * @throws DataException if it is no such file; the message names file and byte
   * @throws IOException if it cannot be read
   */
  public static NpyBatches open(Path file) throws IOException {
    return open(file, SEGMENT_BYTES);
  }

  /** Opens a file with segments of another size, a multiple of 24 bytes. */
  static NpyBatches open(Path file, long segmentBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      NpyHeader header =
          NpyHeader.read(
              file, channel, NpyHeader.COLUMNS, String.join(", ", StoredBatches.COLUMNS));
      int scratch = NpyHeader.COLUMNS * ROWS_AT_ONCE;
      return new NpyBatches(file, header, NpyNumbers.map(channel, header, segmentBytes, scratch));
    }
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public long samples() {
    return header.rows();
  }

  @Override
  public String place(long sample, int column) {
    return file + ": row " + sample + " (from 0), byte " + header.position(sample, column);
  }

  @Override
  public void read(long first, int count, Batch into) {
    Objects.checkFromIndexSize(first, count, samples());
    into.resize(count);
    try {
      for (int done = 0; done < count; done += ROWS_AT_ONCE) {
        int rows = Math.min(ROWS_AT_ONCE, count - done);
        if (header.columnsTogether()) {
          readColumns(first + done, rows, into, done);
        } else {
          numbers.load(header.element(first + done, 0), NpyHeader.COLUMNS * rows);
          numbers.storeRows(rows, into, done);
        }
      }
    } catch (InternalError fault) {
      throw DataException.cutShort(file.toString(), fault);
    }
  }

  /** {@inheritDoc} Reads them later if they can be copied as they are. */
  @Override
  public void refer(long first, int count, Batch batch) {
    Objects.checkFromIndexSize(first, count, samples());
    boolean asTheyAre =
        !header.columnsTogether()
            && header.precision() == batch.precision()
            && header.byteOrder() == ByteOrder.nativeOrder();
    if (asTheyAre) {
      batch.referTo(new NpyRows(this, first), count);
    } else {
      read(first, count, batch);
    }
  }

  /** Copies rows as the file holds them to a buffer's beginning. */
  void copyRows(long first, int count, ByteBuffer into) {
    int bytes = NpyHeader.COLUMNS * header.precision().bytes() * count;
    ByteBuffer rows = into.slice(into.position(), bytes);
    // Not out of mapped memory: if the file is cut short, the JVM says so when the thread is in
    // native code, and may crash.
    try {
      FileChannel from = opened();
      long start = header.position(first, 0);
      while (rows.hasRemaining()) {
        if (from.read(rows, start + rows.position()) < 0) {
          throw new EOFException("its end is at byte " + (start + rows.position()));
        }
      }
    } catch (IOException unreadable) {
      throw DataException.cutShort(file.toString(), unreadable);
    }
  }

  /**
   * {@inheritDoc} Where the mapped file was cut short the system gives no number, and the JVM goes
   * on with whatever stands there: it throws an InternalError some time later, or never.
   */
  @Override
  public void requireWhole() {
    long needed = header.dataStart() + header.dataBytes();
    try {
      if (whole.length() < needed) {
        throw new EOFException("it has " + whole.length() + " bytes of " + needed);
      }
    } catch (IOException cut) {
      throw DataException.cutShort(file.toString(), cut);
    }
  }

  /** The file; an interrupted thread that reads closes it. */
  private synchronized FileChannel opened() throws IOException {
    if (channel == null || !channel.isOpen()) {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    }
    return channel;
  }

  /** {@inheritDoc} It has to hold rows, and those in their precision. */
  @Override
  public boolean readRows(long first, int count, Rows into, int at) {
    try {
      return !header.columnsTogether()
          && numbers.copy(header.element(first, 0), NpyHeader.COLUMNS * count, into, at);
    } catch (InternalError fault) {
      throw DataException.cutShort(file.toString(), fault);
    }
  }

  private void readColumns(long first, int rows, Batch into, int at) {
    for (int column = 0; column < NpyHeader.COLUMNS; column++) {
      numbers.load(header.element(first, column), rows);
      numbers.storeColumn(rows, into, column, at);
    }
  }
}
