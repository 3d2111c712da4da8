package io.github.sumnet.cli;

import io.github.sumnet.data.file.AtomicFile;
import io.github.sumnet.data.file.FileFailure;
import io.github.sumnet.report.document.OutputFormat;
import io.github.sumnet.report.document.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** In which format a command's result is printed, and where to. */
final class OutputOption {
  @Spec(Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--format",
      description = "How to print the result: ${COMPLETION-CANDIDATES} (default: text).")
  OutputFormat format;

  @Option(names = "--json", description = "The same as --format json.")
  boolean json;

  @Option(names = "--markdown", description = "The same as --format markdown.")
  boolean markdown;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the result into FILE instead of printing it.")
  Path out;

  /** Refuses two formats at once, before anything is computed. */
  void check() {
    long asked = Stream.of(format != null, json, markdown).filter(Boolean::booleanValue).count();
    if (asked > 1) {
      throw new ParameterException(
          command.commandLine(), "expected one of --format, --json and --markdown, not several");
    }
  }

  /** Prints or writes a result. */
  void print(Report report) throws IOException {
    String text = format().of(report);
    if (out == null) {
      PrintWriter printed = command.commandLine().getOut();
      printed.print(text);
      printed.flush();
      return;
    }
    write("--out", out, text.getBytes(StandardCharsets.UTF_8));
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

  private OutputFormat format() {
    if (json) {
      return OutputFormat.JSON;
    }
    if (markdown) {
      return OutputFormat.MARKDOWN;
    }
    return format == null ? OutputFormat.TEXT : format;
  }
}
