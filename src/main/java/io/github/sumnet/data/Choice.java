package io.github.sumnet.data;

import java.util.List;
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
    return parse(List.of(type.getEnumConstants()), text);
  }

  /** Reads one of these. */
  public static <E> E parse(List<E> choices, String text) {
    return choices.stream()
        .filter(choice -> choice.toString().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of %s, not '%s'"
                        .formatted(
                            choices.stream().map(E::toString).collect(Collectors.joining(", ")),
                            text)));
  }
}
