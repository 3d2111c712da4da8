package io.github.sumnet.data;

import java.util.Arrays;
import java.util.stream.Collectors;

/** One of several words, as an enum's constants print themselves, in any case. */
public final class Choice {
  private Choice() {}

  /**
   * Reads a constant.
   *
   * @throws IllegalArgumentException if it is none; the message names all of them
   */
  public static <E extends Enum<E>> E parse(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.toString().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(E::toString)
                            .collect(Collectors.joining(", "))
                        + ", not '"
                        + text
                        + "'"));
  }
}
