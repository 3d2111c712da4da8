package io.github.sumnet.gradcheck.model;

/** A model has something that the check cannot judge; the message says what. */
public final class UnsupportedModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsupportedModelException(String message) {
    super(message);
  }
}
