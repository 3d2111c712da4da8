package io.github.sumnet.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
  @TempDir Path folder;

  @Provide
  Arbitrary<double[][]> tables() {
    Arbitrary<Double> anyFinite =
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    return Arbitraries.integers()
        .between(1, 6)
        .flatMap(
            columns ->
                anyFinite
                    .array(double[].class)
                    .ofSize(columns)
                    .array(double[][].class)
                    .ofMinSize(1)
                    .ofMaxSize(20));
  }

  @Property(tries = 200)
  void the_first_rows_are_read_bit_for_bit_below_a_header_or_without_one(
      @ForAll("tables") double[][] table,
      @ForAll boolean header,
      @ForAll @IntRange(min = 1, max = 30) int most)
      throws IOException {
    int columns = table[0].length;
    String names =
        IntStream.range(0, columns).mapToObj(k -> "c" + k).collect(Collectors.joining(",")) + "\n";
    String rows = Arrays.stream(table).map(CsvTableTest::line).collect(Collectors.joining());
    Path file = Files.createTempFile("table", ".csv");
    try {
      Files.writeString(file, header ? names + rows : rows);

      assertThat(CsvTable.read(file, columns, "numbers", most))
          .containsExactly(Arrays.copyOf(table, Math.min(most, table.length)));
    } finally {
      Files.delete(file);
    }
  }

  private static String line(double[] row) {
    return Arrays.stream(row).mapToObj(Double::toString).collect(Collectors.joining(",")) + "\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\r\n1,-2e1\r\n.5,4",
        "\uFEFFa,b\n1,-20\n0.5,4\n",
        "\"a\",\"b\"\n\"1\",\"-20\"\n\"0.5\",\"4\"\n",
        " a , b \n\n 1 ,\t-20 \n\n0.5,4\n\n"
      })
  void line_ends_blanks_quotes_and_a_byte_order_mark_do_not_matter(String text) throws IOException {
    assertThat(read(text)).containsExactly(new double[] {1, -20}, new double[] {0.5, 4});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1        | expected 2 columns, one input and one target, found 1",
        "1,2,3    | expected 2 columns, one input and one target, found 3",
        "c,d      | expected finite numbers, found 'c'",
        "1,two    | expected finite numbers, found 'two'",
        "1,       | expected finite numbers, found ''",
        "NaN,2    | expected finite numbers, found 'NaN'",
        "1,1e400  | expected finite numbers, found '1e400'",
        "1f,2     | expected finite numbers, found '1f'"
      })
  void a_bad_row_is_named_by_its_line_with_what_was_found(String row, String complaint) {
    assertThatThrownBy(() -> read("a,b\n\n1,2\n" + row + "\n"))
        .isInstanceOf(DataException.class)
        .hasMessage(folder.resolve("table.csv") + ":4: " + complaint);
  }

  @ParameterizedTest
  @CsvSource({"'a,2', a", "'1,b', b", "'1,NaN', NaN"})
  void a_first_row_of_which_a_part_is_a_number_is_no_header(String row, String found) {
    assertThatThrownBy(() -> read(row + "\n1,2\n"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder.resolve("table.csv") + ":1: expected finite numbers, found '" + found + "'");
  }

  @Test
  void rows_beyond_those_that_are_enough_are_not_looked_at() throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), "a,b\n1,2\nnot a row\n");
    assertThat(CsvTable.read(file, 2, "numbers", 1)).containsExactly(new double[] {1, 2});
  }

  @Test
  void a_file_without_rows_has_none() throws IOException {
    assertThat(read("")).isEmpty();
    assertThat(read("a,b\n")).isEmpty();
  }

  @Test
  void what_is_no_csv_is_refused() {
    Path file = folder.resolve("table.csv");
    assertThatThrownBy(() -> read("a,b\n1,\"2\"x\n"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + " is no CSV: ");
    assertThatThrownBy(() -> read("a,b\n\"" + "1,2\n".repeat(100_000)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + " is no CSV: ");
  }

  @Test
  void a_missing_file_is_an_error_of_input_and_output() {
    assertThatThrownBy(() -> CsvTable.read(folder.resolve("missing.csv"), 2, "numbers", 1))
        .isInstanceOf(NoSuchFileException.class);
  }

  private List<double[]> read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), text);
    return CsvTable.read(file, 2, "one input and one target", Integer.MAX_VALUE);
  }
}
