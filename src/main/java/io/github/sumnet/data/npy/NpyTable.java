package io.github.sumnet.data.npy;

import io.github.sumnet.network.Precision;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The first rows of a NumPy file with any number of columns. */
public final class NpyTable {
  private NpyTable() {}

  /**
   * Reads rows.
   *
   * @param columns how many are expected
   * @param meaning what they are, for messages
   * @param most how many rows are enough
   * @throws io.github.sumnet.data.DataException if it is no such file; the message names file and
   *     byte
   */
  public static List<double[]> read(Path file, int columns, String meaning, int most)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      NpyHeader header = NpyHeader.read(file, channel, columns, meaning);
      List<double[]> rows = new ArrayList<>();
      for (int i = 0; i < Math.min(most, header.rows()); i++) {
        double[] row = new double[columns];
        for (int column = 0; column < columns; column++) {
          row[column] = number(channel, header, header.position(i, column));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static double number(FileChannel channel, NpyHeader header, long position)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(header.precision().bytes()).order(header.byteOrder());
    if (channel.read(bytes, position) < bytes.capacity()) {
      throw new EOFException("the file ends at byte " + channel.size());
    }
    return header.precision() == Precision.FLOAT ? bytes.getFloat(0) : bytes.getDouble(0);
  }
}
