package io.github.sumnet.report.check;

/** An argument as a shell reads it. */
public final class ShellWord {
  private ShellWord() {}

  /** As it is where that is safe, else in single quotes. */
  public static String of(String argument) {
    return argument.matches("[\\w@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
