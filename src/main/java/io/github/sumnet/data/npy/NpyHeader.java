package io.github.sumnet.data.npy;

import io.github.sumnet.data.Count;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.Printable;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a .npy file (NumPy's format, versions 1.0 to 3.0) with a table of samples.
 *
 * @param precision float32 or float64
 * @param byteOrder how a number's bytes are ordered
 * @param columnsTogether whether a column lies in one piece (Fortran's order), not a row (C's)
 * @param rows how many there are, at least 1
 * @param columns how many there are; 3 of the 2-H-1 network: x1, x2, y
 * @param dataStart the byte at which the numbers begin
 */
record NpyHeader(
    Precision precision,
    ByteOrder byteOrder,
    boolean columnsTogether,
    long rows,
    int columns,
    int dataStart) {
  static final int MAGIC_BYTES = 6;
  static final int COLUMNS = 3;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** The numbers begin at a multiple of this many bytes, as NumPy has it. */
  private static final int ALIGNMENT = 64;

  /** NumPy itself refuses to read longer headers than 10,000 bytes. */
  private static final int LONGEST = 10_000;

  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*['\"](\\w+)['\"]\\s*:\\s*('[^']*'|\"[^\"]*\"|\\w+|\\([^)]*\\)|\\[.*])\\s*");

  /** With more digits the bytes of all numbers would not fit a long. */
  private static final Pattern SHAPE =
      Pattern.compile("\\(\\s*(\\d{1,12})L?\\s*,\\s*(\\d{1,6})L?\\s*,?\\s*\\)");

  private static final Pattern NUMBER_TYPE = Pattern.compile("['\"]([<>])f([48])['\"]");

  static boolean isMagic(byte[] firstBytes) {
    return Arrays.equals(firstBytes, MAGIC);
  }

  /** The header of a little-endian file, whatever the machine's byte order. */
  static NpyHeader of(Precision precision, boolean columnsTogether, long rows) {
    NpyHeader unplaced =
        new NpyHeader(precision, ByteOrder.LITTLE_ENDIAN, columnsTogether, rows, COLUMNS, 0);
    int length = MAGIC.length + 4 + unplaced.dictionary().length() + 1;
    int dataStart = (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return new NpyHeader(
        precision, ByteOrder.LITTLE_ENDIAN, columnsTogether, rows, COLUMNS, dataStart);
  }

  long dataBytes() {
    return rows * columns * precision.bytes();
  }

  /** The index of a number among all numbers of the file. */
  long element(long row, int column) {
    return columnsTogether ? column * rows + row : row * columns + column;
  }

  /** The byte at which a number begins. */
  long position(long row, int column) {
    return dataStart + element(row, column) * precision.bytes();
  }

  /** Magic, version 1.0, length, dictionary, blanks and a line feed: as NumPy writes it. */
  byte[] toBytes() {
    byte[] bytes = new byte[dataStart];
    Arrays.fill(bytes, (byte) ' ');
    bytes[dataStart - 1] = '\n';
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).put((byte) 1).put((byte) 0);
    header.putShort((short) (dataStart - MAGIC.length - 4));
    header.put(dictionary().getBytes(StandardCharsets.US_ASCII));
    return bytes;
  }

  private String dictionary() {
    return "{'descr': '%sf%s', 'fortran_order': %s, 'shape': (%s, %s), }"
        .formatted(
            byteOrder == ByteOrder.LITTLE_ENDIAN ? "<" : ">",
            precision.bytes(),
            columnsTogether ? "True" : "False",
            rows,
            columns);
  }

  /**
   * Reads a file's header and compares the file's length with it.
   *
   * @param columns how many are expected
   * @param meaning what they are
   * @throws DataException if it is no table of samples; the message names file and byte
   */
  static NpyHeader read(Path file, FileChannel channel, int columns, String meaning)
      throws IOException {
    ByteBuffer start = bytes(channel, 0, MAGIC.length + 6);
    requireMagic(file, start);
    if (start.limit() == MAGIC.length) {
      throw truncated(file, start.limit());
    }
    int version = start.get(MAGIC.length);
    if (version < 1 || version > 3) {
      throw new DataException(
          file + ": byte 6: expected version 1, 2 or 3 of NumPy's format, found " + version);
    }
    int textStart = MAGIC.length + (version == 1 ? 4 : 6);
    if (start.limit() < textStart) {
      throw truncated(file, start.limit());
    }
    long length =
        version == 1
            ? Short.toUnsignedLong(start.getShort(MAGIC.length + 2))
            : Integer.toUnsignedLong(start.getInt(MAGIC.length + 2));
    if (length > LONGEST) {
      throw new DataException(
          file + ": byte 8: expected a header of at most 10,000 bytes, found " + length);
    }
    ByteBuffer text = bytes(channel, textStart, (int) length);
    if (text.limit() < length) {
      throw truncated(file, textStart + text.limit());
    }
    String dictionary = StandardCharsets.UTF_8.decode(text).toString().strip();
    NpyHeader header =
        parse(file, textStart, dictionary, textStart + (int) length, columns, meaning);
    header.requireLength(file, channel.size());
    return header;
  }

  private static void requireMagic(Path file, ByteBuffer start) {
    if (start.limit() == 0) {
      throw new DataException(file + " is empty: expected a NumPy file of samples");
    }
    byte[] found = new byte[Math.min(start.limit(), MAGIC.length)];
    start.get(0, found);
    if (!isMagic(found)) {
      throw new DataException(
          file
              + ": byte 0: expected NumPy's magic bytes 93 4e 55 4d 50 59, found "
              + HexFormat.ofDelimiter(" ").formatHex(found));
    }
  }

  private static DataException truncated(Path file, long end) {
    return new DataException(file + ": byte " + end + ": the file ends within its header");
  }

  private static NpyHeader parse(
      Path file, int textStart, String dictionary, int dataStart, int columns, String meaning) {
    Map<String, String> entries = entries(dictionary);
    String place = file + ": byte " + textStart + ": ";
    if (!entries.keySet().equals(Set.of("descr", "fortran_order", "shape"))
        || !entries.get("fortran_order").matches("True|False")) {
      throw new DataException(
          place
              + "expected a dictionary of descr, fortran_order and shape, found '"
              + Printable.line(dictionary)
              + "'");
    }
    Matcher type = NUMBER_TYPE.matcher(entries.get("descr"));
    if (!type.matches()) {
      throw new DataException(
          place
              + "expected numbers of type float32 or float64 ('<f4', '<f8', '>f4', '>f8'), found "
              + Printable.line(entries.get("descr"))
              + (entries.get("descr").contains("O") ? ", Python objects" : ""));
    }
    Matcher shape = SHAPE.matcher(entries.get("shape"));
    if (!shape.matches() || Integer.parseInt(shape.group(2)) != columns) {
      throw new DataException(
          "%sexpected the shape (N, %s): %s, found %s"
              .formatted(place, columns, meaning, Printable.line(entries.get("shape"))));
    }
    long rows = Long.parseLong(shape.group(1));
    if (rows == 0) {
      throw new DataException(
          place + "expected at least one sample, found the shape (0, " + columns + ")");
    }
    return new NpyHeader(
        type.group(2).equals("4") ? Precision.FLOAT : Precision.DOUBLE,
        type.group(1).equals("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
        entries.get("fortran_order").equals("True"),
        rows,
        columns,
        dataStart);
  }

  /** The entries of a Python dictionary, empty if it is none. */
  private static Map<String, String> entries(String dictionary) {
    Map<String, String> entries = new HashMap<>();
    if (!dictionary.startsWith("{") || !dictionary.endsWith("}")) {
      return entries;
    }
    String left = dictionary.substring(1, dictionary.length() - 1);
    Matcher entry = ENTRY.matcher(left);
    while (entry.lookingAt()) {
      entries.put(entry.group(1), entry.group(2));
      boolean more = entry.end() < left.length() && left.charAt(entry.end()) == ',';
      left = left.substring(more ? entry.end() + 1 : entry.end());
      entry.reset(left);
    }
    return left.isBlank() ? entries : Map.of();
  }

  private void requireLength(Path file, long length) {
    long expected = dataStart + dataBytes();
    if (length == expected) {
      return;
    }
    String rowsAndType = Count.of(rows, "row") + " of float" + 8 * precision.bytes();
    throw new DataException(
        file
            + ": byte "
            + Math.min(length, expected)
            + (length < expected
                ? ": the file ends early: expected " + expected + " bytes for " + rowsAndType
                : ": expected nothing after the last of "
                    + rowsAndType
                    + ", found "
                    + Count.of(length - expected, "byte")));
  }

  private static ByteBuffer bytes(FileChannel channel, long position, int count)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) > 0) {
      // Goes on until the buffer is full or the file ends.
    }
    return bytes.flip();
  }
}
