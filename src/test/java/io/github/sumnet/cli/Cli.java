package io.github.sumnet.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** Runs the real command line in this JVM. */
public final class Cli {
  /** What a user of the process would see. */
  public record Outcome(int exitCode, String out, String err) {
    /** What was printed, {@link Cli#unwrapped}. */
    public String unwrapped() {
      return Cli.unwrapped(out);
    }
  }

  private Cli() {}

  /** A text in one line with single blanks, wherever its lines were broken. */
  static String unwrapped(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /** Runs sumnet with these arguments and an empty environment. */
  public static Outcome launch(String... args) {
    return launch(Map.of(), args);
  }

  /** Runs sumnet with these arguments in an environment. */
  public static Outcome launch(Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Sumnet.execute(environment, new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
