package io.github.sumnet.engine;

import java.util.Locale;

/** The ways to compute the network. */
public enum EngineType {
  /** Deeplearning4j's own forward and backward pass on ND4J, CPU or CUDA. */
  DL4J,
  /** The textbook formulas in plain Java double, one thread. */
  REFERENCE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
