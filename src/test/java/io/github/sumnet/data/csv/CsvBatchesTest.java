package io.github.sumnet.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.Samples;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.data.file.SampleFile;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvBatchesTest {
  @TempDir Path folder;

  @Test
  void what_a_program_wrote_is_read_back_bit_for_bit() throws IOException {
    int count = 3000;
    Batch written = Batch.allocate(Precision.DOUBLE, count);
    new SyntheticBatches(5, new InputRange(-1, 3), count).read(0, count, written);
    StringBuilder text = new StringBuilder("x1,x2,y\n");
    for (int i = 0; i < count; i++) {
      text.append(written.x1(i)).append(',').append(written.x2(i)).append(',');
      text.append(written.y(i)).append('\n');
    }

    CsvBatches samples = read(file(text.toString()));

    assertThat(samples.samples()).isEqualTo(count);
    Batch read = Batch.allocate(Precision.DOUBLE, count);
    samples.read(0, 1000, read);
    assertThat(read.size()).isEqualTo(1000);
    samples.read(0, count, read);
    for (int i = 0; i < count; i++) {
      assertThat(read.x1(i)).isEqualTo(written.x1(i));
      assertThat(read.x2(i)).isEqualTo(written.x2(i));
      assertThat(read.y(i)).isEqualTo(written.y(i));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x1,x2,y\n0.1,0.2,0.3\n-4,5e-1,6",
        "x1,x2,y\r\n0.1,0.2,0.3\r\n-4,.5,6\r\n",
        " x1 , x2 , y \n 0.1 , 0.2 , 0.3 \n\n -4 , 0.5 , 6 \n",
        "\"x1\",\"x2\",\"y\"\n\"0.1\",\"0.2\",\"0.3\"\n\"-4\",\"0.5\",\"6\"\n",
        "\uFEFFx1,x2,y\n0.1,0.2,0.3\n-4,0.5,6\n"
      })
  void line_ends_blanks_quotes_and_a_byte_order_mark_do_not_matter(String text) throws IOException {
    CsvBatches samples = read(file(text));
    assertThat(samples.samples()).isEqualTo(2);
    Batch batch = Batch.allocate(Precision.DOUBLE, 1);
    samples.read(1, 1, batch);
    assertThat(batch.x1(0)).isEqualTo(-4);
    assertThat(batch.x2(0)).isEqualTo(0.5);
    assertThat(batch.y(0)).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2             | expected 3 fields x1,x2,y, found 2",
        "1,2,3,4         | expected 3 fields x1,x2,y, found 4",
        "1;2;3           | expected 3 fields x1,x2,y, found 1",
        "'\"1,2,3'       | expected 3 fields x1,x2,y, found 1",
        "1,2,            | y must be a finite number, found ''",
        "one,2,3         | x1 must be a finite number, found 'one'",
        "1,NaN,3         | x2 must be a finite number, found 'NaN'",
        "1,2,Infinity    | y must be a finite number, found 'Infinity'",
        "-Infinity,2,3   | x1 must be a finite number, found '-Infinity'",
        "1,1e400,3       | x2 must be a finite number, found '1e400'",
        "0.1f,2,3        | x1 must be a finite number, found '0.1f'",
        "1,0.1d,3        | x2 must be a finite number, found '0.1d'",
        "1,2\0,3          | x2 must be a finite number, found '2?'",
        "1,2,0.3.1       | y must be a finite number, found '0.3.1'"
      })
  void a_bad_line_is_named_with_what_was_found_and_what_was_expected(String line, String complaint)
      throws IOException {
    Path file = file("x1,x2,y\n0.1,0.2,0.3\n" + line + "\n");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ":3: " + complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''             | ''",
        "0.1,0.2,0.3    | 0.1,0.2,0.3",
        "x1,x2          | x1,x2",
        "x2,x1,y        | x2,x1,y",
        "x1;x2;y        | x1;x2;y",
        "X1,X2,Y        | X1,X2,Y"
      })
  void without_its_header_a_file_is_refused(String header, String found) throws IOException {
    Path file = file(header + "\n0.1,0.2,0.3\n");
    if (header.isEmpty()) {
      Files.writeString(file, "");
    }
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ":1: expected the header x1,x2,y, found '" + found + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x1,x2,y", "x1,x2,y\n", "x1,x2,y\n\n\n"})
  void a_file_without_samples_is_refused(String text) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": expected at least one sample below the header");
  }

  @Test
  void bytes_that_are_no_text_are_refused() throws IOException {
    Path file = folder.resolve("image.csv");
    byte[] bytes = "x1,x2,y\n0.1,0.2,0.3\n".getBytes(StandardCharsets.UTF_8);
    bytes[13] = (byte) 0x89;
    Files.write(file, bytes);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ":2: x2 must be a finite number, found");
  }

  @Test
  void what_was_found_is_shown_without_control_characters_and_in_short() throws IOException {
    Path file = file("x1,x2,y\n1,\u001b[2J\u202e" + "9".repeat(5000) + ".,3\n");
    assertThatThrownBy(() -> read(file))
        .hasMessage(
            file + ":2: x2 must be a finite number, found '?[2J?" + "9".repeat(195) + "...'");
    Path wide =
        Files.writeString(folder.resolve("wide.csv"), "x1,x2,y\n", StandardCharsets.UTF_16LE);
    assertThatThrownBy(() -> read(wide))
        .hasMessage(wide + ":1: expected the header x1,x2,y, found 'x?1?,?x?2?,?y?'");
  }

  @Test
  void a_quote_that_never_ends_is_refused_before_it_fills_the_memory() throws IOException {
    Path file = file("x1,x2,y\n\"" + "1,2,3\n".repeat(100_000));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining("line 2");
  }

  @Test
  void text_after_a_closing_quote_is_refused() throws IOException {
    Path file = file("x1,x2,y\n1,\"2\"x,3\n");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining("line 2");
  }

  @Test
  void a_missing_file_and_a_folder_are_errors_of_input_and_output() {
    assertThatThrownBy(() -> read(folder.resolve("missing.csv")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder + ": ");
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 3", "2, 1", "1, 2"})
  void samples_outside_the_file_are_refused(long first, int count) throws IOException {
    CsvBatches samples = read(file("x1,x2,y\n1,2,3\n4,5,9\n"));
    Batch batch = Batch.allocate(Precision.FLOAT, 5);
    assertThatThrownBy(() -> samples.read(first, count, batch))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void rows_beyond_the_first_block_are_found_wherever_lines_end_or_are_blank() throws IOException {
    int rows = 3 * CsvIndex.ROWS_PER_BLOCK + 17;
    StringBuilder text = new StringBuilder("\n\nx1,x2,y\n");
    List<Integer> lines = new ArrayList<>();
    String[] ends = {"\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n\r\n"};
    int[] lengths = {1, 1, 1, 2, 2, 2};
    int line = 4;
    for (int i = 0; i < rows; i++) {
      lines.add(line);
      line += lengths[i % ends.length];
      text.append(i + 0.25).append(',').append(i + 0.5).append(',').append(i + 0.75);
      text.append(ends[i % ends.length]);
    }
    Path file = file(text.toString());

    CsvBatches samples = CsvBatches.open(file);

    Samples.Counted expected = new Samples.Counted(rows);
    for (int first : new int[] {0, 4095, 4096, 4097, 8000, 3 * 4096, rows - 1}) {
      int count = Math.min(5000, rows - first);
      Samples.assertSame(
          Samples.read(samples, Precision.FLOAT, first, count),
          Samples.read(expected, Precision.FLOAT, first, count));
      assertThat(samples.place(first, 1)).isEqualTo(file + ":" + lines.get(first));
    }
  }

  @Test
  void quoted_rows_and_line_ends_within_quotes_may_stand_anywhere() throws IOException {
    int rows = 2 * CsvIndex.ROWS_PER_BLOCK + 5;
    StringBuilder text = new StringBuilder("\"x1\",x2,\"y\"\n");
    for (int i = 0; i < rows; i++) {
      String x1 = i % 5 == 0 ? "\"" + (i + 0.25) + "\"" : "" + (i + 0.25);
      String y = i % 7 == 0 ? "\"\n" + (i + 0.75) + "\r\n\"" : "" + (i + 0.75);
      text.append(x1).append(',').append(i + 0.5).append(',').append(y).append('\n');
    }

    CsvBatches samples = read(file(text.toString()));

    Samples.assertSame(
        Samples.readAll(samples, Precision.DOUBLE),
        Samples.readAll(new Samples.Counted(rows), Precision.DOUBLE));
  }

  @ParameterizedTest
  @CsvSource({"0", "4095", "4096", "9999"})
  void a_bad_row_is_named_by_its_line_however_far_down_it_stands(int row) throws IOException {
    StringBuilder text = new StringBuilder("x1,x2,y\n");
    for (int i = 0; i < 10_000; i++) {
      text.append(i == row ? "1,2,three\n" : "1,2,3\n");
    }
    Path file = file(text.toString());
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ":" + (row + 2) + ": y must be a finite number, found 'three'");
    Path quoted = file(text.toString().replace("1,2,three", "\"1\"x,2,3"));
    assertThatThrownBy(() -> read(quoted))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(quoted + ": the row in line " + (row + 2) + " is no CSV: ");
  }

  @Test
  void a_file_that_was_changed_meanwhile_is_noticed() throws IOException {
    Path file = file("x1,x2,y\n" + "1,2,3\n".repeat(5000));
    CsvBatches samples = CsvBatches.open(file);
    Files.writeString(file, "x1,x2,y\n" + "1,2,3\n".repeat(4000));
    assertThatThrownBy(() -> Samples.readAll(samples, Precision.FLOAT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("it ends at byte 24008");
    Files.writeString(file, "x1,x2,y\n" + "12345\n".repeat(5000));
    assertThatThrownBy(() -> Samples.readAll(samples, Precision.FLOAT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(":2: expected 3 fields");
    Files.writeString(file, "x1,x2,y\n" + "1,2,345678901\n".repeat(5000));
    assertThatThrownBy(() -> Samples.readAll(samples, Precision.FLOAT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("was the file changed since it was opened?");
  }

  @Test
  void an_interrupted_thread_does_not_keep_others_from_reading() throws Exception {
    CsvBatches samples = read(file("x1,x2,y\n" + "1,2,3\n".repeat(10_000)));
    Thread interrupted =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              assertThatThrownBy(() -> Samples.readAll(samples, Precision.FLOAT))
                  .isInstanceOf(DataException.class);
            });
    interrupted.start();
    interrupted.join();
    assertThat(Samples.readAll(samples, Precision.FLOAT).y(9999)).isEqualTo(3);
  }

  @Test
  void threads_read_at_once_without_disturbing_each_other() throws IOException {
    Samples.Counted source = new Samples.Counted(50_000);
    CsvBatches read =
        CsvBatches.open(
            Samples.write(
                folder.resolve("t.csv"), new CsvFormat(Precision.DOUBLE), source, 10_000));
    IntStream.range(0, 100)
        .parallel()
        .forEach(
            i -> {
              int first = (i * 7919) % 45_000;
              Samples.assertSame(
                  Samples.read(read, Precision.DOUBLE, first, 3000),
                  Samples.read(source, Precision.DOUBLE, first, 3000));
            });
  }

  /** Opens a file and reads all of it. */
  private static CsvBatches read(Path file) throws IOException {
    CsvBatches samples = (CsvBatches) SampleFile.open(file);
    int count = (int) samples.samples();
    samples.read(0, count, Batch.allocate(Precision.DOUBLE, count));
    return samples;
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("samples.csv"), text);
  }
}
