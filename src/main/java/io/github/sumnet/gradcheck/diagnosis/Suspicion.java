package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.fault.Cause;

/**
 * What the pattern of the errors suggests.
 *
 * @param cause the one known fault that fits every wrong value
 * @param detail the number that goes with it, such as {@code factor 1.0001}; empty if none does
 */
public record Suspicion(Cause cause, String detail) {
  static Suspicion of(Cause cause) {
    return new Suspicion(cause, "");
  }

  /** The suspicion in words, to be read after the name of what is wrong. */
  public String hint() {
    return detail.isEmpty() ? cause.hint() : cause.hint() + " (" + detail + ")";
  }
}
