package io.github.sumnet.cli.progress;

import java.util.List;
import java.util.Locale;

/**
 * How far something is, for a line of a terminal.
 *
 * @param task what is being done
 * @param share which part of it is done, from 0 to 1
 * @param secondsLeft how long the rest takes; infinite or NaN if that is not known
 * @param details what else there is to say, the most important first
 */
record Status(String task, double share, double secondsLeft, List<String> details) {
  private static final int WIDE = 100;
  private static final int ROOM_FOR_A_BAR = 70;

  /** The line: at most so many characters, with less in it where there is less room. */
  String line(int width) {
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "%s %3d %%", task, (int) (100 * share)));
    if (width >= ROOM_FOR_A_BAR) {
      line.append(' ').append(bar(width >= WIDE ? 30 : 12));
    }
    if (Double.isFinite(secondsLeft)) {
      add(left(), width, line);
    }
    details.forEach(detail -> add(detail, width, line));
    return line.substring(0, Math.min(Math.max(0, width), line.length()));
  }

  private static void add(String part, int width, StringBuilder line) {
    String separator = line.charAt(line.length() - 1) == ']' ? " " : ", ";
    if (line.length() + separator.length() + part.length() <= width) {
      line.append(separator).append(part);
    }
  }

  private String bar(int length) {
    int done = (int) (length * share);
    return "[" + "=".repeat(done) + " ".repeat(length - done) + "]";
  }

  private String left() {
    if (secondsLeft < 120) {
      return String.format(Locale.ROOT, "%.0f s left", secondsLeft);
    }
    return secondsLeft < 7200
        ? String.format(Locale.ROOT, "%.0f min left", secondsLeft / 60)
        : String.format(Locale.ROOT, "%.1f h left", secondsLeft / 3600);
  }
}
