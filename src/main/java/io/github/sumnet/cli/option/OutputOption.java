package io.github.sumnet.cli.option;

import io.github.sumnet.data.file.AtomicFile;
import io.github.sumnet.data.file.FileFailure;
import io.github.sumnet.report.document.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** In which format a command's result is printed, and where to. */
public final class OutputOption {
  @Mixin FormatOption format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the result into FILE instead of printing it.")
  Path out;

  /** Refuses two formats at once, before anything is computed. */
  public void check() {
    format.check();
  }

  /** Prints or writes a result. */
  public void print(Report report) throws IOException {
    if (out == null) {
      format.print(report);
    } else {
      write("--out", out, format.inForce().of(report).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Writes a file that a flag names; a failure names both. */
  static void write(String flag, Path file, byte[] content) throws IOException {
    try {
      AtomicFile.write(file, content);
    } catch (IOException failure) {
      String cause =
          failure instanceof NoSuchFileException ? "no such folder" : FileFailure.cause(failure);
      throw new IOException(flag + ": " + file + " could not be written: " + cause, failure);
    }
  }
}
