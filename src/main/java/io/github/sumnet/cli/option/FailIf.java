package io.github.sumnet.cli.option;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From which loss of throughput on a comparison fails, such as {@code throughput:5%}.
 *
 * @param share of the rate before, from 0 to 1, exclusive of 1
 */
public record FailIf(double share) {
  private static final Pattern FORM = Pattern.compile("throughput:(\\d{1,2}(?:\\.\\d{1,6})?)%");

  /** Reads what stands behind {@code --fail-if}. */
  public static FailIf parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "expected throughput:P%, P from 0 to 99.999999, such as throughput:5%, found '"
              + text
              + "'");
    }
    return new FailIf(Double.parseDouble(form.group(1)) / 100);
  }
}
