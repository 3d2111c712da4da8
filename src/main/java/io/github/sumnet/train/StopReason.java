package io.github.sumnet.train;

import java.util.Locale;

/** Why training ended. */
public enum StopReason {
  EPOCHS,
  STEPS,
  MAX_TIME,
  PATIENCE,
  STEP_LIMIT,
  INTERRUPTED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
