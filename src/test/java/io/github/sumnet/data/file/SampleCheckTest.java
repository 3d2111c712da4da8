package io.github.sumnet.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.DatasetFormat;
import io.github.sumnet.data.InputBounds;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.Samples;
import io.github.sumnet.data.StoredBatches;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.data.csv.CsvFormat;
import io.github.sumnet.data.npy.NpyFormat;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleCheckTest {
  private static final int COUNT = 100_000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a.npy", "a.csv"})
  void good_samples_pass_and_every_one_is_looked_at_once(String name) throws IOException {
    StoredBatches file = stored(name, new SyntheticBatches(1, InputRange.DEFAULT, COUNT));
    AtomicLong looked = new AtomicLong();

    CheckedSamples targets =
        new SampleCheck(file, Precision.FLOAT, false, looked::addAndGet).check(0, COUNT);

    assertThat(looked).hasValue(COUNT);
    assertThat(targets.leaveSigmoid()).isFalse();
    assertThat(targets.unreachableLoss()).isZero();
    assertThat(targets.low()).isBetween(0.0, 0.01);
    assertThat(targets.high()).isBetween(0.99, 1.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void what_is_not_finite_is_found_by_row_and_byte(double value) throws IOException {
    StoredBatches file = stored("a.npy", new SyntheticBatches(1, InputRange.DEFAULT, COUNT));
    for (int column = 0; column < 3; column++) {
      // The first of two.
      put(file, 90_000, 0, value);
      put(file, 71_234, column, value);
      assertThatThrownBy(() -> check(file, Precision.DOUBLE, true))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "%s: row 71234 (from 0), byte %d: %s must be a finite number, found '%s'"
                  .formatted(
                      file.file(),
                      128 + 8 * (3 * 71_234 + column),
                      StoredBatches.COLUMNS.get(column),
                      value));
      put(file, 71_234, column, 0.5);
    }
  }

  @Test
  void what_float_cannot_hold_is_refused_only_there() throws IOException {
    StoredBatches file = stored("a.npy", new SyntheticBatches(1, InputRange.DEFAULT, COUNT));
    put(file, 5, 1, 1e39);
    assertThat(check(file, Precision.DOUBLE, false).leaveSigmoid()).isFalse();
    assertThatThrownBy(() -> check(file, Precision.FLOAT, false))
        .hasMessageEndingWith("x2 must be a number that float can hold, found '1.0E39'");
    put(file, 5, 1, Float.MAX_VALUE);
    assertThat(check(file, Precision.FLOAT, false).leaveSigmoid()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"-1e-300", "1.0000000000000002", "3.3"})
  void a_target_that_no_sigmoid_reaches_is_refused_unless_any_is_welcome(double y)
      throws IOException {
    StoredBatches file = stored("a.npy", new SyntheticBatches(1, InputRange.DEFAULT, COUNT));
    put(file, 99_999, 2, y);
    assertThatThrownBy(() -> check(file, Precision.DOUBLE, false))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file.place(99_999, 2)
                + ": y must lie in [0, 1], which a sigmoid's output cannot leave, found '"
                + y
                + "'; --any-target accepts such targets");
    assertThat(check(file, Precision.DOUBLE, true).leaveSigmoid()).isTrue();
  }

  @Test
  void both_ends_of_the_sigmoids_range_are_within_it() throws IOException {
    Path csv = Files.writeString(folder.resolve("a.csv"), "x1,x2,y\n0,0,0\n0.5,0.5,1\n0,0,-0.0\n");
    CheckedSamples targets = check(SampleFile.open(csv), Precision.FLOAT, false);
    assertThat(targets.leaveSigmoid()).isFalse();
  }

  @Test
  void a_line_of_csv_is_named() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("a.csv"), "x1,x2,y\n" + "1,2,1\n".repeat(50_000) + "1,2,3.25\n");
    assertThatThrownBy(() -> check(SampleFile.open(csv), Precision.FLOAT, false))
        .hasMessageStartingWith(csv + ":50002: y must lie in [0, 1]")
        .hasMessageContaining("found '3.25'");
  }

  @Test
  void what_is_found_is_where_samples_lie_and_the_loss_of_the_nearest_reachable_predictions()
      throws IOException {
    Path csv = Files.writeString(folder.resolve("a.csv"), "x1,x2,y\n1,2,3\n1,-2,-1\n0,1,1\n");
    CheckedSamples targets = check(SampleFile.open(csv), Precision.DOUBLE, true);
    assertThat(targets)
        .isEqualTo(new CheckedSamples(-1, 3, (4 + 1 + 0) / 2.0 / 3, new InputBounds(0, 1, -2, 2)));
  }

  /** The generator's own floor is derived from the distribution; a file's from its samples. */
  @Test
  void of_many_generated_samples_it_is_the_expected_one() throws IOException {
    InputRange range = new InputRange(-0.5, 1);
    StoredBatches file = stored("a.npy", new SyntheticBatches(1, range, COUNT));
    CheckedSamples targets = check(file, Precision.DOUBLE, true);
    assertThat(targets.unreachableLoss())
        .isCloseTo(range.smallestReachableLoss(), within(0.02 * range.smallestReachableLoss()));
  }

  @Test
  void only_the_part_that_is_asked_about_counts() throws IOException {
    StoredBatches file = stored("a.npy", new SyntheticBatches(1, InputRange.DEFAULT, COUNT));
    put(file, 700, 0, Double.NaN);
    SampleCheck check = new SampleCheck(file, Precision.DOUBLE, false, n -> {});
    assertThat(check.check(0, 700).leaveSigmoid()).isFalse();
    assertThat(check.check(701, COUNT - 701).leaveSigmoid()).isFalse();
    assertThatThrownBy(() -> check.check(700, 1)).isInstanceOf(DataException.class);
  }

  private static CheckedSamples check(StoredBatches file, Precision precision, boolean anyTarget) {
    return new SampleCheck(file, precision, anyTarget, n -> {}).check(0, file.samples());
  }

  private StoredBatches stored(String name, BatchSource source) throws IOException {
    DatasetFormat format =
        name.endsWith(".npy")
            ? new NpyFormat(Precision.DOUBLE, false, source.samples())
            : new CsvFormat(Precision.DOUBLE);
    return SampleFile.open(Samples.write(folder.resolve(name), format, source, 50_000));
  }

  private static void put(StoredBatches file, int row, int column, double value)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file.file(), StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      channel.write(bytes.putDouble(0, value), 128 + 8L * (3 * row + column));
    }
  }
}
