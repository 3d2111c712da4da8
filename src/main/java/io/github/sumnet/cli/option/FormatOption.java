package io.github.sumnet.cli.option;

import io.github.sumnet.data.OptionException;
import io.github.sumnet.report.document.OutputFormat;
import io.github.sumnet.report.document.Report;
import java.io.PrintWriter;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** In which format a command's result is printed. */
public final class FormatOption {
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

  /** Refuses two formats at once, before anything is computed. */
  public void check() {
    long asked = Stream.of(format != null, json, markdown).filter(Boolean::booleanValue).count();
    if (asked > 1) {
      throw new OptionException("expected one of --format, --json and --markdown, not several");
    }
  }

  /** Prints a result. */
  public void print(Report report) {
    PrintWriter out = command.commandLine().getOut();
    out.print(inForce().of(report));
    out.flush();
  }

  public OutputFormat inForce() {
    if (json) {
      return OutputFormat.JSON;
    }
    if (markdown) {
      return OutputFormat.MARKDOWN;
    }
    return format == null ? OutputFormat.TEXT : format;
  }
}
