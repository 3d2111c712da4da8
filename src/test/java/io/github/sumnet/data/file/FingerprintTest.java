package io.github.sumnet.data.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.Samples;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.data.npy.NpyFormat;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  @TempDir Path folder;

  @Test
  void a_copy_has_the_same_at_any_time() throws IOException {
    Path file = npy(1, 1000);
    Path copy = Files.copy(file, folder.resolve("copy.npy"));
    Files.setLastModifiedTime(copy, FileTime.fromMillis(0));
    assertThat(of(copy)).isEqualTo(of(file));
    assertThat(of(file)).startsWith("12128-1000-").hasSize(11 + 64);
  }

  @Test
  void other_samples_or_more_of_them_have_another() throws IOException {
    String one = of(npy(1, 1_000_000));
    assertThat(of(npy(2, 1_000_000))).isNotEqualTo(one);
    assertThat(of(npy(1, 1_000_001))).isNotEqualTo(one);
  }

  @Test
  void a_byte_that_changes_at_either_end_is_noticed_and_so_is_any_in_a_small_file()
      throws IOException {
    Path large = npy(1, 1_000_000);
    for (long at : new long[] {130, 65_000, Files.size(large) - 65_000, Files.size(large) - 1}) {
      assertNoticed(large, at);
    }
    Path small = npy(1, 10_000);
    for (long at = 128; at < Files.size(small); at += 997) {
      assertNoticed(small, at);
    }
  }

  private static void assertNoticed(Path file, long at) throws IOException {
    String before = of(file);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int found = bytes.read();
      bytes.seek(at);
      bytes.write(found ^ 1);
    }
    assertThat(of(file)).as("byte %d", at).isNotEqualTo(before);
  }

  private Path npy(long seed, int samples) throws IOException {
    SyntheticBatches source = new SyntheticBatches(seed, InputRange.DEFAULT, samples);
    NpyFormat format = new NpyFormat(Precision.FLOAT, false, samples);
    return Samples.write(folder.resolve("a.npy"), format, source, samples);
  }

  private static String of(Path file) throws IOException {
    return Fingerprint.of(SampleFile.open(file)).toString();
  }
}
