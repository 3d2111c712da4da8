package io.github.sumnet.data;

/** Text that may be somebody else's, fit for a terminal: it must not command one. */
public final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  /** All of it, with its line breaks and tabs. */
  public static String text(String found) {
    return found.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\uFFFE\uFFFF&&[^\n\t]]", "?");
  }

  /** The beginning of it, in one line. */
  public static String line(String found) {
    String start = found.length() > LONGEST ? found.substring(0, LONGEST) + "..." : found;
    return text(start).replaceAll("[\n\t]", "?");
  }
}
