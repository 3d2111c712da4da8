package io.github.sumnet.network;

import java.util.Locale;

/**
 * The loss of one sample with predictions p and targets y, one for each output; a batch's is the
 * mean.
 */
public enum Loss {
  /** ½Σ(p−y)². */
  HALF_SQUARED_ERROR("half-squared-error"),
  /** Σ(p−y)² divided by the number of outputs. */
  MEAN_SQUARED_ERROR("mse"),
  /** −Σ(y·ln p + (1−y)·ln(1−p)). */
  BINARY_CROSS_ENTROPY("xent"),
  /** −Σy·ln p. */
  CROSS_ENTROPY("mcxent");

  private final String title;

  Loss(String title) {
    this.title = title;
  }

  /** The name as options and reports write it, such as mcxent. */
  @Override
  public String toString() {
    return title;
  }

  /** The loss with this name, in any case. */
  public static Loss of(String title) {
    for (Loss loss : values()) {
      if (loss.title.equals(title.toLowerCase(Locale.ROOT))) {
        return loss;
      }
    }
    throw new IllegalArgumentException("no loss is called '" + title + "'");
  }
}
