package io.github.sumnet.data;

/** A data file is damaged or does not hold what is expected; the message names file and place. */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
