package io.github.sumnet.data.npy;

import io.github.sumnet.network.Precision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Files as NumPy's description has them, written without the code under test. */
public final class NpyBytes {
  private NpyBytes() {}

  /** A file of version 1.0 with a table, all rows of which are as long. */
  public static byte[] of(
      double[][] table, Precision stored, boolean columnsTogether, boolean bigEndian)
      throws IOException {
    int rows = table.length;
    int columns = table[0].length;
    String dictionary =
        "{'descr': '%sf%d', 'fortran_order': %s, 'shape': (%d, %d), }"
            .formatted(
                bigEndian ? ">" : "<",
                stored.bytes(),
                columnsTogether ? "True" : "False",
                rows,
                columns);
    ByteBuffer numbers =
        ByteBuffer.allocate(columns * rows * stored.bytes())
            .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rows; i++) {
      for (int column = 0; column < columns; column++) {
        int at = columnsTogether ? column * rows + i : columns * i + column;
        if (stored == Precision.FLOAT) {
          numbers.putFloat(at * Float.BYTES, (float) table[i][column]);
        } else {
          numbers.putDouble(at * Double.BYTES, table[i][column]);
        }
      }
    }
    return file(1, dictionary, numbers.array());
  }

  static byte[] file(int version, String dictionary, byte[] numbers) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    byte[] text = dictionary.getBytes(StandardCharsets.UTF_8);
    file.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length);
    file.write(length.array(), 0, version == 1 ? 2 : 4);
    file.write(text);
    file.write(numbers);
    return file.toByteArray();
  }
}
