package io.github.sumnet.train;

/** A checkpoint is damaged, crafted, or of another network; the message names the file. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST_TEXT = 200;

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Text out of a file that is not trusted, fit for a terminal and for one line. */
  public static String printable(String untrusted) {
    String cut =
        untrusted.length() <= LONGEST_TEXT
            ? untrusted
            : untrusted.substring(0, LONGEST_TEXT) + "...";
    return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }
}
