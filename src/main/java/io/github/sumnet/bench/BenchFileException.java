package io.github.sumnet.bench;

/** A file is not what a benchmark wrote; the message names the file and what is wrong with it. */
public final class BenchFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BenchFileException(String message) {
    super(message);
  }

  /** What is there does not fit the records; the cause's message says why. */
  public static BenchFileException malformed(String place, RuntimeException cause) {
    BenchFileException exception =
        new BenchFileException(
            place + ": expected what 'sumnet bench' writes, but: " + cause.getMessage());
    exception.initCause(cause);
    return exception;
  }
}
