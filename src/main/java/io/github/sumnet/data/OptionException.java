package io.github.sumnet.data;

import java.util.function.Supplier;

/** An option's value is wrong, or does not go with others; the message names the option. */
public final class OptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public OptionException(String message) {
    super(message);
  }

  private OptionException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * A value that is made of an option's.
   *
   * @throws OptionException if it cannot be made; the message names the flag
   */
  public static <T> T checked(String flag, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException wrong) {
      throw new OptionException(flag + ": " + wrong.getMessage(), wrong);
    }
  }
}
