package io.github.sumnet.data.csv;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.DoubleBatch;
import io.github.sumnet.data.Printable;
import io.github.sumnet.data.StoredBatches;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Samples from a CSV file with the header x1,x2,y, read in blocks of 4,096 rows as they are needed.
 * Only finite numbers are accepted. Safe for use by several threads at once.
 */
public final class CsvBatches implements StoredBatches {
  private final Path file;
  private final CsvIndex index;
  private final CsvRows rows;

  /**
   * Not in a ThreadLocal, which would keep this, by its blocks, for as long as the threads live.
   */
  private final Map<Thread, Block> blocks = new ConcurrentHashMap<>();

  private CsvBatches(Path file, CsvIndex index) {
    this.file = file;
    this.index = index;
    this.rows = new CsvRows(file);
  }

  /**
   * Finds the rows of a file; what they hold is looked at when they are read.
   *
   * @throws DataException if header or rows are missing; the message names file and line
   * @throws IOException if the file cannot be read
   */
  public static CsvBatches open(Path file) throws IOException {
    CsvIndex index = CsvIndex.of(file);
    CsvBatches batches = new CsvBatches(file, index);
    batches.requireHeader();
    if (index.rows() == 0) {
      throw new DataException(file + ": expected at least one sample below the header");
    }
    return batches;
  }

  private void requireHeader() throws IOException {
    List<String> found = List.of();
    if (index.headerStart() >= 0) {
      Block bytes = block();
      bytes.load(index.headerStart(), index.headerEnd());
      found = rows.header(bytes.bytes, bytes.length);
    }
    if (!found.stream().map(String::strip).toList().equals(StoredBatches.COLUMNS)) {
      throw new DataException(
          file
              + ":1: expected the header x1,x2,y, found '"
              + Printable.line(String.join(",", found))
              + "'");
    }
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public long samples() {
    return index.rows();
  }

  @Override
  public String place(long sample, int column) {
    Block bytes = block();
    int number = blockOf(sample);
    bytes.require(number);
    int row = (int) (sample % CsvIndex.ROWS_PER_BLOCK);
    return file + ":" + rows.line(bytes.bytes, bytes.length, index.line(number), row);
  }

  /**
   * {@inheritDoc}
   *
   * @throws DataException if a row of the same block is not three finite numbers; the message names
   *     file and line
   */
  @Override
  public void read(long first, int count, Batch into) {
    Objects.checkFromIndexSize(first, count, samples());
    into.resize(count);
    Block read = block();
    for (int done = 0; done < count; ) {
      read.parse(blockOf(first + done));
      int from = (int) ((first + done) % CsvIndex.ROWS_PER_BLOCK);
      int length = Math.min(count - done, read.samples.size() - from);
      into.copy(read.samples, from, done, length);
      done += length;
    }
  }

  private Block block() {
    return blocks.computeIfAbsent(Thread.currentThread(), any -> new Block());
  }

  private static int blockOf(long sample) {
    return (int) (sample / CsvIndex.ROWS_PER_BLOCK);
  }

  /** A thread's block of rows, and its own channel: an interruption closes no other thread's. */
  private final class Block {
    private final DoubleBatch samples = new DoubleBatch(CsvIndex.ROWS_PER_BLOCK);
    private byte[] bytes = new byte[0];
    private int length;
    private FileChannel channel;
    private int parsed = -1;

    void parse(int number) {
      if (parsed == number) {
        return;
      }
      require(number);
      rows.parse(bytes, length, index.line(number), index.rows(number), samples);
      parsed = number;
    }

    void require(int number) {
      parsed = -1;
      try {
        load(index.start(number), index.end(number));
      } catch (IOException unreadable) {
        throw new DataException(
            file + " cannot be read any more: " + unreadable.getMessage(), unreadable);
      }
    }

    void load(long start, long end) throws IOException {
      length = Math.toIntExact(end - start);
      if (bytes.length < length) {
        bytes = new byte[length + length / 8];
      }
      if (channel == null || !channel.isOpen()) {
        channel = FileChannel.open(file, StandardOpenOption.READ);
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, start + buffer.position()) < 0) {
          throw new IOException(
              "it ends at byte " + (start + buffer.position()) + ", was longer when it was opened");
        }
      }
    }
  }
}
