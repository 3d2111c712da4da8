package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.sumnet.data.csv.CsvFormat;
import io.github.sumnet.data.file.SampleFile;
import io.github.sumnet.data.npy.NpyFormat;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are exchanged with NumPy itself, where Python 3 has it. */
class NumpyTest {
  private static final int COUNT = 5000;
  private static final SyntheticBatches SOURCE =
      new SyntheticBatches(3, new InputRange(-1, 3), COUNT);

  @TempDir Path folder;

  @BeforeAll
  static void need_numpy() throws Exception {
    try {
      if (python("import numpy") != 0) {
        abort("this Python has no NumPy (Debian: python3-numpy)");
      }
    } catch (IOException noPython) {
      abort("no python3 is here: " + noPython.getMessage());
    }
  }

  private static int python(String... script) throws IOException, InterruptedException {
    return new ProcessBuilder("python3", "-c", String.join("\n", script))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void numpy_writes_what_it_reads_of_our_files_to_the_very_same_bytes() throws Exception {
    List<Path> files = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      for (boolean columnsTogether : new boolean[] {false, true}) {
        Path file = folder.resolve(precision + "-" + columnsTogether + ".npy");
        files.add(
            Samples.write(file, new NpyFormat(precision, columnsTogether, COUNT), SOURCE, 777));
      }
    }
    for (Path file : files) {
      Path copy = folder.resolve("copy.npy");
      assertThat(python("import numpy", "numpy.save('" + copy + "', numpy.load('" + file + "'))"))
          .isZero();
      assertThat(copy).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void arrays_that_numpy_made_of_our_csv_are_read_bit_for_bit() throws Exception {
    Path csv =
        Samples.write(folder.resolve("a.csv"), new CsvFormat(Precision.DOUBLE), SOURCE, COUNT);
    for (String type : List.of("<f4", "<f8", ">f4", ">f8")) {
      for (String order : List.of("C", "F")) {
        Path npy = folder.resolve("a.npy");
        assertThat(
                python(
                    "import numpy",
                    "a = numpy.loadtxt('" + csv + "', delimiter=',', skiprows=1)",
                    "numpy.save('" + npy + "', a.astype('" + type + "', order='" + order + "'))"))
            .isZero();
        Samples.assertSame(
            Samples.readAll(SampleFile.open(npy), Precision.DOUBLE),
            Samples.readAll(SOURCE, Precision.DOUBLE));
        Files.delete(npy);
      }
    }
  }
}
