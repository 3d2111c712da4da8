package io.github.sumnet.data;

/**
 * A data file, a checkpoint or a benchmark's file is damaged or does not hold what is expected; the
 * message names file and place.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The exception for files that end too early; where they are mapped, the JVM reports that as an
   * InternalError.
   */
  public static DataException cutShort(String files, Throwable fault) {
    return new DataException(
        files + ": could not be read any more: was it cut short since it was opened?", fault);
  }
}
