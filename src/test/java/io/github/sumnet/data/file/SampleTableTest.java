package io.github.sumnet.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.DataException;
import io.github.sumnet.data.npy.NpyBytes;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples of a network with two inputs and one target. */
class SampleTableTest {
  private static final double[][] TABLE = {{0.1, -2, 1e-3}, {3, 0.7, -0.25}, {1e30, 5, 6}};

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void the_first_samples_are_rounded_to_the_precision_whatever_the_format(Precision precision)
      throws IOException {
    double[][] expected =
        Arrays.stream(TABLE)
            .map(row -> Arrays.stream(row).map(precision::round).toArray())
            .toArray(double[][]::new);

    for (Path file : List.of(csv(), npy("a.npy"), npy("NPY.DATA"))) {
      assertThat(read(file, precision, 9)).as("%s", file).containsExactly(expected);
      assertThat(read(file, precision, 2))
          .as("2 of %s", file)
          .containsExactly(Arrays.copyOf(expected, 2));
    }
  }

  @Test
  void a_number_that_the_precision_does_not_reach_is_refused_unless_it_is_not_needed()
      throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "1,2,3\n4,-1e300,6\n");

    assertThatThrownBy(() -> read(file, Precision.FLOAT, 2))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": sample 2 has a number that is not finite in float");
    assertThat(read(file, Precision.DOUBLE, 2)).hasSize(2);
    assertThat(read(file, Precision.FLOAT, 1)).hasSize(1);
  }

  /** NumPy's files are not looked at number by number before. */
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void a_number_that_is_not_finite_is_refused(double number) throws IOException {
    double[][] table = {{1, 2, 3}, {4, 5, 6}, {7, 8, number}};
    byte[] bytes = NpyBytes.of(table, Precision.FLOAT, true, false);
    Path file = Files.write(folder.resolve("a.npy"), bytes);

    assertThatThrownBy(() -> read(file, Precision.DOUBLE, 3))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": sample 3 has a number that is not finite in double");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x1,x2,y\n"})
  void a_file_without_samples_is_refused(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), text);

    assertThatThrownBy(() -> read(file, Precision.FLOAT, 2))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": expected at least one sample, found none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | 2 | :1: expected 4 columns, 2 inputs and then 2 targets, found 3",
        "1 | 1 | :1: expected 2 columns, 1 input and then 1 target, found 3"
      })
  void a_network_with_other_inputs_and_targets_is_told_what_it_needs(
      int inputs, int targets, String complaint) throws IOException {
    Path file = csv();

    assertThatThrownBy(() -> SampleTable.read("--data", file, inputs, targets, Precision.FLOAT, 2))
        .isInstanceOf(DataException.class)
        .hasMessage(file + complaint);
  }

  @ParameterizedTest
  @CsvSource({"missing.csv, no such file", "missing.npy, no such file", "folder, Is a directory"})
  void a_file_that_cannot_be_read_is_named_with_its_flag(String name, String reason)
      throws IOException {
    Files.createDirectory(folder.resolve("folder"));
    Path file = folder.resolve(name);

    assertThatThrownBy(() -> read(file, Precision.FLOAT, 2))
        .isInstanceOf(UnusableFileException.class)
        .hasMessage("--data: cannot read " + file + ": " + reason);
  }

  private static List<double[]> read(Path file, Precision precision, int most) {
    return SampleTable.read("--data", file, 2, 1, precision, most);
  }

  private Path csv() throws IOException {
    StringBuilder text = new StringBuilder("a,b,c\n");
    for (double[] row : TABLE) {
      text.append(row[0]).append(',').append(row[1]).append(',').append(row[2]).append('\n');
    }
    return Files.writeString(folder.resolve("a.csv"), text);
  }

  private Path npy(String name) throws IOException {
    return Files.write(folder.resolve(name), NpyBytes.of(TABLE, Precision.DOUBLE, false, false));
  }
}
