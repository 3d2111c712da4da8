package io.github.sumnet.report;

/** An argument as a shell reads it. */
final class ShellWord {
  private ShellWord() {}

  /** As it is where that is safe, else in single quotes. */
  static String of(String argument) {
    return argument.matches("[\\w@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
