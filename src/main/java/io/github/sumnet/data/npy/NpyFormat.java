package io.github.sumnet.data.npy;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.DatasetFormat;
import io.github.sumnet.network.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

/** NumPy's format 1.0, little endian. */
public final class NpyFormat implements DatasetFormat {
  private final NpyHeader header;

  /**
   * The format of a file with a given number of samples.
   *
   * @param columnsTogether whether the columns are stored one after another (Fortran's order), not
   *     row by row (C's)
   */
  public NpyFormat(Precision precision, boolean columnsTogether, long samples) {
    header = NpyHeader.of(precision, columnsTogether, samples);
  }

  @Override
  public Precision precision() {
    return header.precision();
  }

  @Override
  public byte[] header() {
    return header.toBytes();
  }

  @Override
  public List<Piece> encode(long first, Batch samples) {
    if (!header.columnsTogether()) {
      return List.of(new Piece(header.position(first, 0), rows(samples)));
    }
    return IntStream.range(0, NpyHeader.COLUMNS)
        .mapToObj(column -> new Piece(header.position(first, column), column(samples, column)))
        .toList();
  }

  private byte[] rows(Batch samples) {
    byte[] bytes = new byte[NpyHeader.COLUMNS * samples.size() * precision().bytes()];
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples.size(); i++) {
      put(numbers, samples.x1(i));
      put(numbers, samples.x2(i));
      put(numbers, samples.y(i));
    }
    return bytes;
  }

  private byte[] column(Batch samples, int column) {
    byte[] bytes = new byte[samples.size() * precision().bytes()];
    samples.copyColumn(column, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return bytes;
  }

  private void put(ByteBuffer bytes, double value) {
    if (precision() == Precision.FLOAT) {
      bytes.putFloat((float) value);
    } else {
      bytes.putDouble(value);
    }
  }
}
