package io.github.sumnet.data;

import io.github.sumnet.data.DatasetFormat.Piece;
import io.github.sumnet.data.csv.CsvBatches;
import io.github.sumnet.data.csv.CsvFormat;
import io.github.sumnet.data.npy.NpyBatches;
import io.github.sumnet.data.npy.NpyFormat;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How fast one thread reads and writes samples in files that are in the page cache: what is
 * measured takes turns, round by round; medians and quartiles.
 */
public final class FileRates {
  private static final int SAMPLES = 4_000_000;
  private static final int CHUNK = 65_536;
  private static final int ROUNDS = 15;

  private FileRates() {}

  /** Writes its files, 460 MB, to the folder for temporary files and deletes them at the end. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("sumnet-rates");
    folder.toFile().deleteOnExit();
    Map<String, Measured> measured = new LinkedHashMap<>();
    measured.put("generator, float", reading(generated(), Precision.FLOAT, 12));
    for (Precision stored : Precision.values()) {
      for (boolean columns : new boolean[] {false, true}) {
        DatasetFormat format = new NpyFormat(stored, columns, SAMPLES);
        String name = "npy " + stored + (columns ? " F" : " C");
        Path file = write(folder.resolve(name.replace(' ', '-') + ".npy"), format);
        BatchSource read = NpyBatches.open(file);
        for (Precision precision : Precision.values()) {
          measured.put(name + " -> " + precision, reading(read, precision, 3 * stored.bytes()));
        }
        if (stored == Precision.FLOAT) {
          BatchSource shuffled = new ShuffledBatches(read, SAMPLES, 1);
          measured.put(name + " -> float, shuffled", reading(shuffled, Precision.FLOAT, 12));
        }
      }
    }
    for (Precision stored : Precision.values()) {
      Path file = write(folder.resolve("csv-" + stored + ".csv"), new CsvFormat(stored));
      double bytes = (double) Files.size(file) / SAMPLES;
      measured.put("csv index, " + stored, time(() -> CsvBatches.open(file), bytes));
      BatchSource read = CsvBatches.open(file);
      measured.put("csv " + stored + " -> float", reading(read, Precision.FLOAT, bytes));
      BatchSource shuffled = new ShuffledBatches(read, SAMPLES, 1);
      measured.put("csv " + stored + " -> float, shuffled", reading(shuffled, Precision.FLOAT, bytes));
      measured.put("csv encode, " + stored, time(() -> encode(new CsvFormat(stored)), bytes));
    }
    DatasetFormat npy = new NpyFormat(Precision.FLOAT, false, SAMPLES);
    measured.put("npy encode, float C", time(() -> encode(npy), 12));
    for (int round = 0; round < ROUNDS; round++) {
      for (Measured one : measured.values()) {
        one.nanos[round] = one.time();
      }
    }
    System.out.printf(Locale.ROOT, "%-32s %24s %10s%n", "", "ns per sample", "MB/s");
    measured.forEach((name, one) -> System.out.println(one.line(name)));
  }

  private static BatchSource generated() {
    return new SyntheticBatches(42, InputRange.DEFAULT, SAMPLES);
  }

  private static Path write(Path file, DatasetFormat format) throws IOException {
    file.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(format.header());
      Batch batch = Batch.allocate(format.precision(), SAMPLES);
      generated().read(0, SAMPLES, batch);
      for (Piece piece : format.encode(0, batch)) {
        out.write(piece.bytes());
      }
    }
    return file;
  }

  private static void encode(DatasetFormat format) {
    Batch batch = Batch.allocate(format.precision(), CHUNK);
    for (long first = 0; first < SAMPLES; first += CHUNK) {
      generated().read(first, (int) Math.min(CHUNK, SAMPLES - first), batch);
      format.encode(first, batch);
    }
  }

  private static Measured reading(BatchSource source, Precision precision, double bytes) {
    Batch batch = Batch.allocate(precision, CHUNK);
    return time(
        () -> {
          for (long first = 0; first < SAMPLES; first += CHUNK) {
            source.read(first, (int) Math.min(CHUNK, SAMPLES - first), batch);
          }
        },
        bytes);
  }

  private static Measured time(Work work, double bytes) {
    return new Measured(work, bytes, new double[ROUNDS]);
  }

  /** What is timed. */
  private interface Work {
    void run() throws IOException;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Measured(Work work, double bytesPerSample, double[] nanos) {
    double time() throws IOException {
      long start = System.nanoTime();
      work.run();
      return (double) (System.nanoTime() - start) / SAMPLES;
    }

    String line(String name) {
      double[] sorted = nanos.clone();
      Arrays.sort(sorted);
      double median = sorted[ROUNDS / 2];
      return String.format(
          Locale.ROOT,
          "%-32s %8.2f [%.2f, %.2f] %10.0f",
          name,
          median,
          sorted[ROUNDS / 4],
          sorted[3 * ROUNDS / 4],
          bytesPerSample / median * 1e3);
    }
  }
}
