package io.github.sumnet.data.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.DatasetFormat;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.Samples;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.data.csv.CsvFormat;
import io.github.sumnet.data.npy.NpyFormat;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dataset that is interrupted, and goes on. */
class DatasetWriterTest {
  private static final int SAMPLES = 400_000;
  private static final SyntheticBatches SOURCE =
      new SyntheticBatches(3, InputRange.DEFAULT, SAMPLES);
  private static final Map<String, String> PROVENANCE = Map.of("seed", "3");

  /** The formats that there are. */
  enum Kind {
    NPY_ROWS(new NpyFormat(Precision.FLOAT, false, SAMPLES)),
    NPY_COLUMNS(new NpyFormat(Precision.DOUBLE, true, SAMPLES)),
    CSV(new CsvFormat(Precision.DOUBLE));

    private final DatasetFormat format;

    Kind(DatasetFormat format) {
      this.format = format;
    }
  }

  @TempDir Path folder;
  private long told;

  @ParameterizedTest
  @EnumSource
  void it_holds_the_samples_and_each_was_told_of_once(Kind kind) throws Exception {
    Path file = folder.resolve("dataset");
    assertThat(run(file, kind, 3)).isFalse();
    assertThat(told).isEqualTo(3 * 65_536);
    assertThat(run(file, kind, Integer.MAX_VALUE)).isTrue();

    assertThat(told).isEqualTo(SAMPLES);
    Samples.assertSame(
        Samples.readAll(SampleFile.open(file), Precision.DOUBLE),
        Samples.readAll(SOURCE, Precision.DOUBLE));
  }

  @ParameterizedTest
  @EnumSource
  void interrupted_after_every_block_it_ends_in_the_same_bytes(Kind kind) throws Exception {
    Path whole = folder.resolve("whole");
    assertThat(run(whole, kind, Integer.MAX_VALUE)).isTrue();
    Path interrupted = folder.resolve("interrupted");
    int calls = 1;
    while (!run(interrupted, kind, 1)) {
      assertThat(interrupted).doesNotExist();
      calls++;
    }

    assertThat(calls).isEqualTo(7);
    assertThat(interrupted).hasSameBinaryContentAs(whole);
  }

  /** What a crash leaves: blocks beyond those that were noted, some of them in part. */
  @ParameterizedTest
  @EnumSource
  void what_was_written_but_not_noted_is_written_again(Kind kind) throws Exception {
    Path whole = folder.resolve("whole");
    run(whole, kind, Integer.MAX_VALUE);
    Path crashed = folder.resolve("crashed");
    run(crashed, kind, 2);
    try (FileChannel part =
        FileChannel.open(folder.resolve("crashed.part"), StandardOpenOption.WRITE)) {
      PartialFile.write(part, part.size(), new byte[12_345]);
    }

    assertThat(run(crashed, kind, Integer.MAX_VALUE)).isTrue();
    assertThat(crashed).hasSameBinaryContentAs(whole);
  }

  @Test
  void a_part_that_has_become_shorter_than_was_noted_is_begun_anew() throws Exception {
    Path whole = folder.resolve("whole");
    run(whole, Kind.CSV, Integer.MAX_VALUE);
    Path cut = folder.resolve("cut");
    run(cut, Kind.CSV, 2);
    Path part = folder.resolve("cut.part");
    Files.write(part, Arrays.copyOf(Files.readAllBytes(part), 1000));

    assertThat(run(cut, Kind.CSV, Integer.MAX_VALUE)).isTrue();
    assertThat(cut).hasSameBinaryContentAs(whole);
  }

  /** Stops after so many blocks. */
  private boolean run(Path file, Kind kind, int blocks) throws IOException, InterruptedException {
    int[] asked = {0};
    try (PartialFile part = PartialFile.open(file, kind.format, PROVENANCE, false)) {
      boolean whole =
          new DatasetWriter(SOURCE, kind.format, part, n -> told += n)
              .run(() -> ++asked[0] >= blocks);
      if (whole) {
        part.complete();
      }
      return whole;
    }
  }
}
