package io.github.sumnet.explain;

import io.github.sumnet.network.Precision;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers as they are written, without rounding them to binary. */
public final class DecimalInput {
  private static final Pattern HEX =
      Pattern.compile(
          "([+-]?)0[xX](?=\\p{XDigit}|\\.\\p{XDigit})(\\p{XDigit}*)\\.?(\\p{XDigit}*)[pP]"
              + "([+-]?\\d{1,5})");

  /** No double has a larger exponent; looked at before anything is computed with the number. */
  private static final int LARGEST_EXPONENT = 400;

  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private DecimalInput() {}

  /**
   * The number that a text stands for: a decimal such as 1.1 or 2.5e-3, or a hexadecimal
   * floating-point literal of Java such as 0x1.8p0, taken exactly.
   *
   * @throws IllegalArgumentException unless it is one, and 0 or within the range of a double
   */
  public static BigDecimal parse(String text) {
    BigDecimal value = valueOf(text.strip());
    if (value == null || !fits(value, Precision.DOUBLE)) {
      throw new IllegalArgumentException(
          "expected a number such as 1.1, 2.5e-3 or 0x1.8p0, "
              + rangeOf(Precision.DOUBLE)
              + ", not '"
              + text
              + "'");
    }
    return value.signum() == 0 ? BigDecimal.ZERO : value;
  }

  /** Whether a number's nearest neighbour in a precision is finite and, unless it is 0, not 0. */
  public static boolean fits(BigDecimal value, Precision precision) {
    if (value.signum() == 0) {
      return true;
    }
    long exponent = (long) value.precision() - value.scale() - 1;
    if (Math.abs(exponent) > LARGEST_EXPONENT) {
      return false;
    }
    double nearest = Inputs.rounded(value, precision);
    return Double.isFinite(nearest) && nearest != 0;
  }

  /** The range that {@link #fits} accepts, in words. */
  public static String rangeOf(Precision precision) {
    return switch (precision) {
      case FLOAT -> "either 0 or 1.4e-45 to 3.4e38 in magnitude";
      case DOUBLE -> "either 0 or 4.9e-324 to 1.79e308 in magnitude";
    };
  }

  private static BigDecimal valueOf(String text) {
    Matcher hex = HEX.matcher(text);
    if (hex.matches()) {
      return hex(hex);
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  private static BigDecimal hex(Matcher literal) {
    BigInteger digits = new BigInteger(literal.group(2) + literal.group(3), 16);
    int exponent = Integer.parseInt(literal.group(4)) - 4 * literal.group(3).length();
    BigDecimal magnitude = new BigDecimal(digits).multiply(power(exponent)).stripTrailingZeros();
    BigDecimal plain = magnitude.scale() < 0 ? magnitude.setScale(0) : magnitude;
    return literal.group(1).equals("-") ? plain.negate() : plain;
  }

  private static BigDecimal power(int exponent) {
    return exponent < 0 ? HALF.pow(-exponent) : TWO.pow(exponent);
  }
}
