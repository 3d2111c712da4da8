package io.github.sumnet.engine;

import java.util.Locale;

/** The ways to compute the network. */
public enum EngineType {
  /** Deeplearning4j's own forward and backward pass on ND4J, CPU or CUDA. */
  DL4J,
  /** One pass in plain Java over a batch, on the JDK's vectors where they are; all cores. */
  FUSED,
  /** The textbook formulas in plain Java double, one thread. */
  REFERENCE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
