package io.github.sumnet.data.npy;

import static io.github.sumnet.data.npy.NpyBytes.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.Samples;
import io.github.sumnet.data.Samples.Counted;
import io.github.sumnet.data.ShuffledBatches;
import io.github.sumnet.data.StoredBatches;
import io.github.sumnet.data.file.SampleFile;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyBatchesTest {
  private static final String C_ORDER =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

  @TempDir Path folder;

  /** Segments of 24 bytes: nearly every read goes across several. */
  @Property(tries = 300)
  void however_segments_cut_the_file_every_part_of_it_is_read_right(
      @ForAll Precision stored,
      @ForAll boolean columnsTogether,
      @ForAll boolean bigEndian,
      @ForAll @IntRange(min = 1, max = 2000) int rows,
      @ForAll @IntRange(min = 1, max = 100) int segments,
      @ForAll @IntRange(max = 1999) int first,
      @ForAll @IntRange(max = 2000) int count)
      throws IOException {
    Counted source = new Counted(rows);
    int from = first % rows;
    int length = Math.min(count, rows - from);
    Path file = Files.createTempFile("segments", ".npy");
    try {
      Files.write(file, NpyBytes.of(table(source, stored), stored, columnsTogether, bigEndian));
      NpyBatches read = NpyBatches.open(file, 24L * segments);

      for (Precision precision : Precision.values()) {
        Samples.assertSame(
            Samples.read(read, precision, from, length),
            Samples.read(source, precision, from, length));
        Batch referred = Batch.allocate(precision, Math.max(1, length));
        read.refer(from, length, referred);
        boolean asTheyAre = precision == stored && !columnsTogether && !bigEndian;
        assertThat(referred.pending().isPresent()).isEqualTo(asTheyAre);
        Samples.assertSame(referred, Samples.read(source, precision, from, length));
      }
    } finally {
      Files.delete(file);
    }
  }

  private static double[][] table(BatchSource source, Precision precision) {
    Batch batch = Samples.readAll(source, precision);
    return IntStream.range(0, batch.size())
        .mapToObj(i -> new double[] {batch.x1(i), batch.x2(i), batch.y(i)})
        .toArray(double[][]::new);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void all_versions_of_the_format_are_read(int version) throws IOException {
    byte[] numbers = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putFloat(20, 7).array();
    Path file = Files.write(folder.resolve("v.npy"), file(version, C_ORDER, numbers));

    assertThat(Samples.readAll(SampleFile.open(file), Precision.FLOAT).y(1)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'shape':(2,3),'descr':'<f4','fortran_order':False}",
        "{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (2L, 3L), }   \n"
      })
  void a_dictionary_may_be_written_in_other_ways(String dictionary) throws IOException {
    Path file = Files.write(folder.resolve("d.npy"), file(1, dictionary, new byte[24]));
    assertThat(SampleFile.open(file).samples()).isEqualTo(2);
  }

  @Test
  void a_numpy_file_is_recognised_by_its_first_bytes_whatever_it_is_called() throws IOException {
    Path file = Files.write(folder.resolve("data.bin"), file(1, C_ORDER, new byte[24]));
    assertThat(SampleFile.open(file)).isInstanceOf(NpyBatches.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          '<i4', 'fortran_order': False, 'shape': (2, 3)   ~ numbers of type float32 or float64 ('<f4', '<f8', '>f4', '>f8'), found '<i4'
          '<f2', 'fortran_order': False, 'shape': (2, 3)   ~ numbers of type float32 or float64 ('<f4', '<f8', '>f4', '>f8'), found '<f2'
          '|O', 'fortran_order': False, 'shape': (2, 3)    ~ numbers of type float32 or float64 ('<f4', '<f8', '>f4', '>f8'), found '|O', Python objects
          [('x', '<f4')], 'fortran_order': False, 'shape': (2, 3) ~ numbers of type float32 or float64 ('<f4', '<f8', '>f4', '>f8'), found [('x', '<f4')]
          '<f4', 'fortran_order': False, 'shape': (3, 2)   ~ the shape (N, 3): x1, x2, y, found (3, 2)
          '<f4', 'fortran_order': False, 'shape': (6,)     ~ the shape (N, 3): x1, x2, y, found (6,)
          '<f4', 'fortran_order': False, 'shape': ()       ~ the shape (N, 3): x1, x2, y, found ()
          '<f4', 'fortran_order': False, 'shape': (2, 3, 1)~ the shape (N, 3): x1, x2, y, found (2, 3, 1)
          '<f4', 'fortran_order': False, 'shape': (-2, 3)  ~ the shape (N, 3): x1, x2, y, found (-2, 3)
          '<f4', 'fortran_order': False, 'shape': (0, 3)   ~ at least one sample, found the shape (0, 3)
          '<f4', 'fortran_order': 1, 'shape': (2, 3)       ~ a dictionary of descr, fortran_order and shape, found
          '<f4', 'shape': (2, 3)                           ~ a dictionary of descr, fortran_order and shape, found
          '<f4', 'fortran_order': False, 'shape': (2, 3), 'x': 1 ~ a dictionary of descr, fortran_order and shape, found
          """,
      quoteCharacter = '`')
  void an_array_of_something_else_is_refused(String dictionary, String complaint)
      throws IOException {
    Path file =
        Files.write(
            folder.resolve("a.npy"), file(1, "{'descr': " + dictionary + ", }", new byte[24]));
    assertThatThrownBy(() -> SampleFile.open(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": byte 10: expected " + complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "None", "{'descr'", "{'descr': '<f4'", "{,}", "\u0000\u001b[2J"})
  void a_header_that_is_no_dictionary_is_refused_without_control_characters(String dictionary)
      throws IOException {
    Path file = Files.write(folder.resolve("a.npy"), file(1, dictionary, new byte[24]));
    assertThatThrownBy(() -> SampleFile.open(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": byte 10: expected a dictionary")
        .hasMessageMatching("[ -~]*");
  }

  /** 24 times as many bytes are 8 more than 2 to the power of 64, which is 8 in a long. */
  @Test
  void more_rows_than_a_long_has_bytes_are_refused() throws IOException {
    String dictionary =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (768614336404564651, 3), }";
    Path file = Files.write(folder.resolve("a.npy"), file(1, dictionary, new byte[8]));
    assertThatThrownBy(() -> SampleFile.open(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "expected the shape (N, 3): x1, x2, y, found (768614336404564651, 3)");
  }

  @Test
  void a_file_that_is_cut_short_or_too_long_is_refused_with_the_byte() throws IOException {
    byte[] whole = file(1, C_ORDER, new byte[24]);
    int start = whole.length - 24;
    for (int length : new int[] {whole.length - 1, start + 1, start}) {
      assertRefused(
          Arrays.copyOf(whole, length),
          ": byte "
              + length
              + ": the file ends early: expected "
              + whole.length
              + " bytes for 2 rows of float32");
    }
    for (int length : new int[] {start - 1, 11, 10, 9, 7}) {
      assertRefused(
          Arrays.copyOf(whole, length), ": byte " + length + ": the file ends within its header");
    }
    assertRefused(
        Arrays.copyOf(whole, whole.length + 5),
        ": byte "
            + whole.length
            + ": expected nothing after the last of 2 rows of float32, found 5 bytes");
  }

  @Test
  void rows_that_are_cut_off_after_the_file_was_opened_are_an_error() throws IOException {
    double[][] rows = new double[100][3];
    Path file =
        Files.write(folder.resolve("cut.npy"), NpyBytes.of(rows, Precision.FLOAT, false, false));
    NpyBatches batches = NpyBatches.open(file);
    ByteBuffer into = ByteBuffer.allocateDirect(100 * 12);
    batches.copyRows(0, 100, into);
    batches.requireWhole();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 1);
    }
    batches.copyRows(0, 99, into);
    ThrowingCallable[] reads = {
      () -> batches.copyRows(98, 2, into),
      batches::requireWhole,
      new ShuffledBatches(batches, 50, 1)::requireWhole
    };
    assertThat(reads)
        .allSatisfy(
            read ->
                assertThatThrownBy(read)
                    .isInstanceOf(DataException.class)
                    .hasMessage(
                        file
                            + ": could not be read any more: was it cut short since it was"
                            + " opened?"));
  }

  @Test
  void what_is_no_numpy_file_at_all_is_refused() throws IOException {
    assertRefused(new byte[0], " is empty: expected a NumPy file of samples");
    assertRefused(
        "PK\u0003\u0004".getBytes(StandardCharsets.US_ASCII),
        ": byte 0: expected NumPy's magic bytes 93 4e 55 4d 50 59, found 50 4b 03 04");
    byte[] fourth = file(1, C_ORDER, new byte[24]);
    fourth[6] = 4;
    assertRefused(fourth, ": byte 6: expected version 1, 2 or 3 of NumPy's format, found 4");
    assertRefused(
        file(2, "{" + " ".repeat(20_000), new byte[0]),
        ": byte 8: expected a header of at most 10,000 bytes, found 20001");
  }

  private void assertRefused(byte[] content, String complaint) throws IOException {
    Path file = Files.write(folder.resolve("bad.npy"), content);
    assertThatThrownBy(() -> SampleFile.open(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + complaint);
  }

  @Test
  void a_missing_file_and_a_folder_are_errors_of_input_and_output() throws IOException {
    assertThatThrownBy(() -> SampleFile.open(folder.resolve("missing.npy")))
        .isInstanceOf(NoSuchFileException.class);
    Path directory = Files.createDirectory(folder.resolve("folder.npy"));
    assertThatThrownBy(() -> SampleFile.open(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory + ": ");
  }

  @Test
  void a_value_is_found_by_its_byte() throws IOException {
    Path c = Files.write(folder.resolve("c.npy"), file(1, C_ORDER, new byte[24]));
    Path f =
        Files.write(
            folder.resolve("f.npy"), file(1, C_ORDER.replace("False", "True"), new byte[24]));
    int start = (int) Files.size(c) - 24;
    assertThat(SampleFile.open(c).place(1, 2))
        .isEqualTo(c + ": row 1 (from 0), byte " + (start + 20));
    assertThat(SampleFile.open(f).place(1, 1))
        .isEqualTo(f + ": row 1 (from 0), byte " + (start + 11));
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 3", "2, 1", "1, 2"})
  void samples_outside_the_file_are_refused(long first, int count) throws IOException {
    Path file = Files.write(folder.resolve("a.npy"), file(1, C_ORDER, new byte[24]));
    StoredBatches samples = SampleFile.open(file);
    assertThatThrownBy(() -> samples.read(first, count, Batch.allocate(Precision.FLOAT, 5)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void threads_read_at_once_without_disturbing_each_other() throws IOException {
    Counted source = new Counted(50_000);
    for (boolean columnsTogether : new boolean[] {false, true}) {
      NpyFormat format = new NpyFormat(Precision.FLOAT, columnsTogether, source.samples());
      Path file = Samples.write(folder.resolve("t.npy"), format, source, 10_000);
      StoredBatches read = SampleFile.open(file);
      IntStream.range(0, 200)
          .parallel()
          .forEach(
              i -> {
                int first = (i * 7919) % 45_000;
                Samples.assertSame(
                    Samples.read(read, Precision.FLOAT, first, 3000),
                    Samples.read(source, Precision.FLOAT, first, 3000));
              });
    }
  }
}
