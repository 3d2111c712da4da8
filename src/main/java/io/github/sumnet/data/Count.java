package io.github.sumnet.data;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole numbers as people write them, 4096, 1e6, 10M, 64k or 64Ki, and as they read them. */
public final class Count {
  private static final Map<String, Long> UNITS =
      Map.of(
          "k",
          1_000L,
          "M",
          1_000_000L,
          "G",
          1_000_000_000L,
          "Ki",
          1L << 10,
          "Mi",
          1L << 20,
          "Gi",
          1L << 30);

  /** Three digits of exponent: no number that fits has more, and a huge one would fill memory. */
  private static final Pattern FORM =
      Pattern.compile("([+-]?\\d+(?:\\.\\d+)?(?:[eE]\\+?\\d{1,3})?)([kMG]i?|Ki)?");

  private Count() {}

  /**
   * Reads a number.
   *
   * @throws IllegalArgumentException if it is none, or not from least to most
   */
  public static long parse(String text, long least, long most) {
    Matcher form = FORM.matcher(text);
    Long unit =
        form.matches() ? form.group(2) == null ? Long.valueOf(1) : UNITS.get(form.group(2)) : null;
    if (unit == null) {
      throw notWhole(text);
    }
    BigDecimal value = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit));
    if (value.stripTrailingZeros().scale() > 0) {
      throw notWhole(text);
    }
    if (value.compareTo(BigDecimal.valueOf(least)) < 0
        || value.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is out of range: expected a whole number from " + least + " to " + most);
    }
    return value.longValueExact();
  }

  /** A number, its thousands apart. */
  public static String of(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A number and what it counts, such as 1 sample, 1,280 samples or 3 batches. */
  public static String of(long number, String noun) {
    String plural = noun.matches(".*(s|x|tch|sh)") ? noun + "es" : noun + "s";
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : plural);
  }

  private static IllegalArgumentException notWhole(String text) {
    return new IllegalArgumentException(
        "expected a whole number such as 4096, 64k, 10M, 64Ki or 1e6, not '" + text + "'");
  }
}
