package io.github.sumnet.gradcheck;

/** In the middle of training an engine's loss or gradient was not what it should be. */
public final class SpotCheckException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SpotCheckException(String message) {
    super(message);
  }
}
