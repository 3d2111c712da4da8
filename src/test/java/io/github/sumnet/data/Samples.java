package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.DatasetFormat.Piece;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Samples to be stored, and what was read of them. */
public final class Samples {
  private Samples() {}

  /** Numbers of which none is like another: sample i is i + 0.25, i + 0.5, i + 0.75. */
  public record Counted(long samples) implements BatchSource {
    @Override
    public void read(long first, int count, Batch into) {
      into.resize(count);
      for (int i = 0; i < count; i++) {
        into.set(i, first + i + 0.25, first + i + 0.5, first + i + 0.75);
      }
    }
  }

  public static Batch read(BatchSource source, Precision precision, long first, int count) {
    Batch batch = Batch.allocate(precision, Math.max(1, count));
    source.read(first, count, batch);
    assertThat(batch.size()).isEqualTo(count);
    return batch;
  }

  public static Batch readAll(BatchSource source, Precision precision) {
    return read(source, precision, 0, (int) source.samples());
  }

  /** Compares bits, not values. */
  public static void assertSame(Batch found, Batch expected) {
    assertThat(found.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(sample(found, i)).as("sample %d", i).isEqualTo(sample(expected, i));
    }
  }

  private static long[] sample(Batch batch, int i) {
    return new long[] {
      Double.doubleToRawLongBits(batch.x1(i)),
      Double.doubleToRawLongBits(batch.x2(i)),
      Double.doubleToRawLongBits(batch.y(i))
    };
  }

  /** Writes all samples of a source in blocks of a size. */
  public static Path write(Path file, DatasetFormat format, BatchSource source, int block)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap(format.header()), 0);
      for (long first = 0; first < source.samples(); first += block) {
        int count = (int) Math.min(block, source.samples() - first);
        for (Piece piece : format.encode(first, read(source, format.precision(), first, count))) {
          long position =
              piece.position() == DatasetFormat.AT_THE_END ? channel.size() : piece.position();
          channel.write(ByteBuffer.wrap(piece.bytes()), position);
        }
      }
    }
    return file;
  }
}
