package io.github.sumnet.data;

/** Real numbers as people write them: 0.1, 1e-3, or 0x1.8p0, which loses no bit. */
public final class RealNumber {
  private RealNumber() {}

  /**
   * Reads a number; also NaN and the infinities by Java's names for them.
   *
   * @throws NumberFormatException if it is none; a suffix that only Java's source code knows, as in
   *     0.1f or 1d, is no part of a number
   */
  public static double parse(String text) {
    if (!text.matches(".*[fFdD]|\\s.*|.*\\s")) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException none) {
        // Java's message is about its own source code.
      }
    }
    throw new NumberFormatException("expected a number such as 0.1 or 1e-3, not '" + text + "'");
  }
}
