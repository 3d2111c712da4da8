package io.github.sumnet.cli;

import io.github.sumnet.cli.option.ConsoleOption;
import io.github.sumnet.cli.progress.CountProgress;
import io.github.sumnet.data.Count;
import io.github.sumnet.data.DatasetFormat;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.OptionException;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.data.csv.CsvFormat;
import io.github.sumnet.data.file.DatasetWriter;
import io.github.sumnet.data.file.PartialFile;
import io.github.sumnet.data.file.UnusableFileException;
import io.github.sumnet.data.npy.NpyFormat;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sumnet generate}: the generator's samples in a file. */
@Command(
    name = "generate",
    description = "Writes generated samples to a .npy or .csv file; goes on if interrupted.",
    footer = {
      "  # Ten million samples for NumPy.",
      "  sumnet generate samples.npy --samples 10M",
      "  # Others, as text.",
      "  sumnet generate samples.csv --samples 1000 --seed 7"
    })
final class GenerateCommand extends SumnetCommand {
  /** How NumPy lays an array down. */
  enum Order {
    /** Row by row. */
    C,
    /** Column by column. */
    FORTRAN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "FILE", description = "The file to write; it ends in .npy or .csv.")
  Path file;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "1048576",
      description = "How many samples (default: ${DEFAULT-VALUE}).")
  long samples;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "What they are drawn from (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--input-range",
      paramLabel = "LOW:HIGH",
      defaultValue = "0.0:0.5",
      description = "x1 and x2 are uniform in [LOW, HIGH) (default: ${DEFAULT-VALUE}).")
  InputRange inputRange;

  @Option(
      names = "--precision",
      description =
          "${COMPLETION-CANDIDATES}: NumPy's type, or what the digits of CSV read back as (default:"
              + " float for .npy, which holds generated samples exactly; double for .csv).")
  Precision precision;

  @Option(
      names = "--order",
      description = "${COMPLETION-CANDIDATES}: .npy row by row or column by column (default: c).")
  Order order;

  @Option(names = "--force", description = "Replace FILE, or what was begun with other options.")
  boolean force;

  @Mixin ConsoleOption console;

  @Override
  public Integer call() throws IOException, InterruptedException {
    DatasetFormat format = format();
    if (Files.exists(file) && !force) {
      throw new OptionException(file + " is there already; --force replaces it");
    }
    long start = System.nanoTime();
    SyntheticBatches source = new SyntheticBatches(seed, inputRange, samples);
    try (Interruption interruption = new Interruption();
        PartialFile part = open(format)) {
      long before = part.samples();
      if (!write(source, format, part, interruption)) {
        return interrupted(part);
      }
      part.complete();
      return report(before, (System.nanoTime() - start) / 1e9);
    }
  }

  /** Returns whether it was written to the end; the status line is gone by then. */
  private boolean write(
      SyntheticBatches source, DatasetFormat format, PartialFile part, Interruption interruption)
      throws IOException, InterruptedException {
    try (CountProgress progress =
        new CountProgress("generating", samples, !console.isQuiet() && root.isTerminal())) {
      progress.acceptDoneBefore(part.samples());
      return new DatasetWriter(source, format, part, progress).run(interruption::isRequested);
    }
  }

  private DatasetFormat format() {
    if (samples < 1) {
      throw new OptionException("--samples must be at least 1, not " + samples);
    }
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy")) {
      return new NpyFormat(
          precision == null ? Precision.FLOAT : precision, order == Order.FORTRAN, samples);
    }
    if (!name.endsWith(".csv")) {
      throw new OptionException(
          "FILE must end in .npy or .csv, not be called " + file.getFileName());
    }
    if (order != null) {
      throw new OptionException("--order is for .npy files; " + file.getFileName() + " is none");
    }
    return new CsvFormat(precision == null ? Precision.DOUBLE : precision);
  }

  private PartialFile open(DatasetFormat format) throws IOException {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("sumnet-generate", "1");
    provenance.put("samples", Long.toString(samples));
    provenance.put("seed", Long.toString(seed));
    provenance.put("input-range", inputRange.toString());
    provenance.put("precision", format.precision().toString());
    provenance.put("order", String.valueOf(order == null ? Order.C : order));
    try {
      return PartialFile.open(file, format, provenance, force);
    } catch (UnusableFileException unusable) {
      throw new OptionException(unusable.getMessage());
    }
  }

  private int interrupted(PartialFile part) {
    console
        .err()
        .printf(
            Locale.ROOT,
            "sumnet: interrupted; %s holds %,d of %s; the same command goes on%n",
            part.path(),
            part.samples(),
            Count.of(samples, "sample"));
    return ExitCode.INTERRUPTED.code();
  }

  private int report(long before, double seconds) throws IOException {
    long bytes = Files.size(file);
    out()
        .printf(
            Locale.ROOT,
            "%s: %s%s, %s, in %.1f s%n",
            file,
            Count.of(samples, "sample"),
            before == 0 ? "" : String.format(Locale.ROOT, " (%,d of them before)", before),
            Count.of(bytes, "byte"),
            seconds);
    out().flush();
    return ExitCode.OK.code();
  }
}
