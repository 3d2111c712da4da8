package io.github.sumnet.data.file;

/** A file or folder that was asked for cannot be used so; the message says why, and what to do. */
public final class UnusableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnusableFileException(String message) {
    super(message);
  }

  public UnusableFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
