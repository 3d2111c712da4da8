package io.github.sumnet.bench;

import java.util.Locale;

/** What bounds the rate of a computation from above. */
public enum Ceiling {
  /** How many floating-point operations the processor makes. */
  ARITHMETIC,
  /** How fast the samples come from memory or caches. */
  MEMORY;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
