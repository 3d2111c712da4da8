package io.github.sumnet.data.csv;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.github.sumnet.data.Batch;
import io.github.sumnet.data.DatasetFormat;
import io.github.sumnet.network.Precision;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * CSV with the header x1,x2,y. Numbers have the fewest digits that read back to the same value of
 * the precision.
 *
 * @param precision the precision in which they read back to the same value: digits that are enough
 *     for a float are not enough for a double
 */
public record CsvFormat(Precision precision) implements DatasetFormat {
  private static final byte[] HEADER = "x1,x2,y\n".getBytes(StandardCharsets.US_ASCII);

  /** The longest row: three times -1.2345678901234567E-308 and a delimiter. */
  private static final int LONGEST_ROW = 3 * 25;

  @Override
  public byte[] header() {
    return HEADER.clone();
  }

  @Override
  public List<Piece> encode(long first, Batch samples) {
    byte[] bytes = new byte[samples.size() * LONGEST_ROW];
    int end = 0;
    for (int i = 0; i < samples.size(); i++) {
      end = put(samples.x1(i), ',', bytes, end);
      end = put(samples.x2(i), ',', bytes, end);
      end = put(samples.y(i), '\n', bytes, end);
    }
    return List.of(new Piece(AT_THE_END, Arrays.copyOf(bytes, end)));
  }

  private int put(double value, char delimiter, byte[] bytes, int at) {
    String digits =
        precision == Precision.FLOAT
            ? NumberOutput.toString((float) value, true)
            : NumberOutput.toString(value, true);
    for (int i = 0; i < digits.length(); i++) {
      bytes[at + i] = (byte) digits.charAt(i);
    }
    bytes[at + digits.length()] = (byte) delimiter;
    return at + digits.length() + 1;
  }
}
