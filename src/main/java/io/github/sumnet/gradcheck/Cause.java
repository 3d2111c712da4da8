package io.github.sumnet.gradcheck;

/** What may be wrong with a backpropagation, as far as the pattern of its errors tells. */
public enum Cause {
  UNKNOWN("the pattern of the errors fits no known fault");

  private final String hint;

  Cause(String hint) {
    this.hint = hint;
  }

  /** The suspicion in words. */
  public String hint() {
    return hint;
  }
}
