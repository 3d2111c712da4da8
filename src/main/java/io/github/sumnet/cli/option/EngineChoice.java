package io.github.sumnet.cli.option;

import java.util.Locale;

/** What {@code train --engine} accepts: an engine, or whichever is the fastest for the device. */
public enum EngineChoice {
  AUTO,
  DL4J,
  FUSED,
  REFERENCE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
