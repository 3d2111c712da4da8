package io.github.sumnet.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.DataException;
import io.github.sumnet.data.Samples;
import io.github.sumnet.data.ShuffledBatches;
import io.github.sumnet.data.npy.NpyBytes;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"2, 1", "10, 1", "11, 2", "20, 2", "655360, 65536", "655361, 65536"})
  void the_last_tenth_is_held_out_but_no_more_than_65536(int rows, int heldOut) throws IOException {
    DataFiles files = DataFiles.open(chosen(counted("a.csv", rows), null));

    assertThat(files.trainingRows()).isEqualTo(rows - heldOut);
    assertThat(files.heldOutRows()).isEqualTo(heldOut);
    assertThat(files.training(1).samples()).isEqualTo(rows - heldOut);
    assertThat(files.heldOutSamples().samples()).isEqualTo(heldOut);
    assertThat(Samples.read(files.heldOutSamples(), Precision.DOUBLE, 0, 1).x1(0))
        .isEqualTo(rows - heldOut);
    assertThat(files.warnings()).isEmpty();
  }

  @Test
  void a_single_sample_needs_another_file() throws IOException {
    Path one = counted("one.csv", 1);
    assertThatThrownBy(() -> DataFiles.open(chosen(one, null)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            one
                + ": expected at least 2 samples, of which one is held out, found 1;"
                + " --held-out names another file for that");

    DataFiles files = DataFiles.open(chosen(one, counted("b.csv", 3)));
    assertThat(files.trainingRows()).isEqualTo(1);
    assertThat(files.heldOutRows()).isEqualTo(3);
  }

  @Test
  void every_sample_is_read_once() throws IOException {
    AtomicLong read = new AtomicLong();
    DataFiles files = DataFiles.open(chosen(counted("a.csv", 30), null));

    DataFiles.Checked checked = files.check(Precision.DOUBLE, read::addAndGet);

    assertThat(read).hasValue(30);
    assertThat(checked.training().inputs().x1High()).isEqualTo(26);
    assertThat(checked.heldOut().inputs().x1Low()).isEqualTo(27);
    assertThat(files.warnings(checked)).isEmpty();
  }

  @Test
  void samples_that_are_held_out_and_trained_on_are_warned_of() throws IOException {
    Path a = counted("a.csv", 30);
    assertThat(DataFiles.open(chosen(a, a)).warnings())
        .singleElement()
        .asString()
        .startsWith("--held-out " + a + " holds the samples that are trained on");
    assertThat(DataFiles.open(chosen(a, counted("b.csv", 31))).warnings()).isEmpty();
  }

  @Test
  void inputs_beyond_those_trained_on_are_warned_of_where_they_are_another_files()
      throws IOException {
    Path a = counted("a.csv", 30);
    DataFiles files = DataFiles.open(chosen(a, counted("b.csv", 40)));
    assertThat(files.warnings(files.check(Precision.DOUBLE, n -> {})))
        .containsExactly(
            "--held-out "
                + folder.resolve("b.csv")
                + " has inputs x1 in 0.0:39.0, x2 in 0.0:0.0, beyond x1 in 0.0:29.0, x2 in 0.0:0.0,"
                + " which is trained on: expect larger errors on them");
  }

  @ParameterizedTest
  @CsvSource({"2, 0.5", "0.5, 2"})
  void targets_that_no_sigmoid_reaches_are_warned_of(String trained, String heldOut)
      throws IOException {
    Path a = Files.writeString(folder.resolve("a.csv"), "x1,x2,y\n0,0,%s\n".formatted(trained));
    Path b = Files.writeString(folder.resolve("b.csv"), "x1,x2,y\n0,0,%s\n".formatted(heldOut));
    DataFiles files = DataFiles.open(chosen(a, b));
    assertThat(files.warnings(files.check(Precision.DOUBLE, n -> {})))
        .containsExactly(
            "--any-target: targets reach from 0.5 to 2.0, but a sigmoid's output stays between 0"
                + " and 1; no training can bring the loss below %s on the samples trained on,"
                    .formatted(trained.equals("2") ? "0.500000" : "0.00000")
                + " below %s on those held out"
                    .formatted(heldOut.equals("2") ? "0.500000" : "0.00000"));
  }

  @Test
  void a_run_goes_on_only_with_the_files_that_it_was_begun_with() throws IOException {
    Path a = counted("a.csv", 30);
    Path b = counted("b.csv", 10);
    SampleFiles known = DataFiles.open(chosen(a, b)).chosen();
    assertThat(DataFiles.open(known).chosen()).isEqualTo(known);

    for (Path changed : new Path[] {b, a}) {
      counted(changed.getFileName().toString(), 31);
      assertThatThrownBy(() -> DataFiles.open(known))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(
              changed + " is not the file that the run was begun with: expected ");
    }
  }

  @Test
  void a_file_that_cannot_be_read_is_named_with_its_flag() throws IOException {
    Path missing = folder.resolve("missing.csv");
    assertThatThrownBy(() -> DataFiles.open(chosen(missing, null)))
        .isInstanceOf(UnusableFileException.class)
        .hasMessage("--data: cannot read " + missing + ": no such file");
    Path a = counted("a.csv", 3);
    assertThatThrownBy(() -> DataFiles.open(chosen(a, folder)))
        .isInstanceOf(UnusableFileException.class)
        .hasMessage("--held-out: cannot read " + folder + ": not a regular file");
  }

  @Test
  void a_fault_while_they_are_read_names_them() throws IOException {
    Path a = counted("a.csv", 30);
    Path b = counted("b.csv", 10);
    String wasCut = ": could not be read any more: was it cut short since it was opened?";
    DataFiles one = DataFiles.open(chosen(a, null));
    DataFiles both = DataFiles.open(chosen(a, b));
    InternalError ofTheDisk = new InternalError();
    assertThat(one.ifCutShort(ofTheDisk).orElseThrow()).hasMessage(a + wasCut);
    assertThat(both.ifCutShort(ofTheDisk).orElseThrow()).hasMessage(a + " or " + b + wasCut);
    assertThat(both.ifCutShort(new NoClassDefFoundError())).isEmpty();
  }

  @Test
  void any_failure_after_a_file_was_cut_short_names_that_file() throws IOException {
    Path a = counted("a.csv", 30);
    Path b =
        Files.write(
            folder.resolve("b.npy"), NpyBytes.of(new double[9][3], Precision.FLOAT, false, false));
    DataFiles files = DataFiles.open(chosen(a, b));
    try (FileChannel channel = FileChannel.open(b, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 1);
    }
    assertThat(files.ifCutShort(new NoClassDefFoundError()).orElseThrow())
        .hasMessage(b + ": could not be read any more: was it cut short since it was opened?");
  }

  @Test
  void rows_are_shuffled_if_that_is_asked_for() throws IOException {
    SampleFiles inOrder = chosen(counted("a.csv", 30), null);
    SampleFiles shuffled = new SampleFiles(inOrder.data(), null, true, true, null, null);
    assertThat(DataFiles.open(inOrder).training(1)).isNotInstanceOf(ShuffledBatches.class);
    assertThat(DataFiles.open(shuffled).training(1)).isInstanceOf(ShuffledBatches.class);
  }

  private static SampleFiles chosen(Path data, Path heldOut) {
    return new SampleFiles(data, heldOut, false, true, null, null);
  }

  /** So many rows, whose x1 counts them. */
  private Path counted(String name, int rows) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        IntStream.range(0, rows)
            .mapToObj(row -> row + ",0,0.5\n")
            .collect(Collectors.joining("", "x1,x2,y\n", "")));
  }
}
