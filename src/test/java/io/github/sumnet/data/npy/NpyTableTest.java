package io.github.sumnet.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.DataException;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTableTest {
  @TempDir Path folder;

  @Property(tries = 200)
  void the_first_rows_of_any_number_of_columns_are_read(
      @ForAll Precision stored,
      @ForAll boolean columnsTogether,
      @ForAll boolean bigEndian,
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll @IntRange(min = 1, max = 9) int columns,
      @ForAll @IntRange(min = 1, max = 30) int most)
      throws IOException {
    double[][] table = table(rows, columns);
    Path file = Files.createTempFile("table", ".npy");
    try {
      Files.write(file, NpyBytes.of(table, stored, columnsTogether, bigEndian));

      assertThat(NpyTable.read(file, columns, "numbers", most))
          .containsExactly(Arrays.copyOf(table, Math.min(most, rows)));
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void another_number_of_columns_than_expected_is_refused() throws IOException {
    byte[] bytes = NpyBytes.of(table(2, 3), Precision.DOUBLE, false, false);
    Path file = Files.write(folder.resolve("table.npy"), bytes);

    assertThatThrownBy(() -> NpyTable.read(file, 4, "3 inputs and then 1 target", 2))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ": byte 10: expected the shape (N, 4): 3 inputs and then 1 target, found (2, 3)");
  }

  @Test
  void a_file_that_ends_early_is_refused_even_if_the_rows_before_would_be_enough()
      throws IOException {
    byte[] bytes = NpyBytes.of(table(5, 4), Precision.FLOAT, false, false);
    Path file = Files.write(folder.resolve("table.npy"), Arrays.copyOf(bytes, bytes.length - 1));

    assertThatThrownBy(() -> NpyTable.read(file, 4, "numbers", 1))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": byte " + (bytes.length - 1) + ": the file ends early");
  }

  @Test
  void a_missing_file_is_an_error_of_input_and_output() {
    assertThatThrownBy(() -> NpyTable.read(folder.resolve("missing.npy"), 2, "numbers", 1))
        .isInstanceOf(NoSuchFileException.class);
  }

  /** Numbers of which none is like another, exact in float. */
  private static double[][] table(int rows, int columns) {
    return IntStream.range(0, rows)
        .mapToObj(i -> IntStream.range(0, columns).mapToDouble(k -> i - k / 16.0).toArray())
        .toArray(double[][]::new);
  }
}
