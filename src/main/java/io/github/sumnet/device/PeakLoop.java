package io.github.sumnet.device;

import io.github.sumnet.data.VectorServices;

/**
 * Loops that do nothing but one thing, as fast as the processor can: what is measured with them
 * bounds what any computation reaches.
 */
public interface PeakLoop {
  /** On the JDK's vectors if the JVM was started with their module, else on plain numbers. */
  static PeakLoop best() {
    return VectorServices.find(PeakLoop.class).orElseGet(ScalarPeakLoop::new);
  }

  /** Bits of a vector; 0 without vectors. */
  int bits();

  /** Floating-point operations in a round of {@link #floats}. */
  long floatOperations();

  /** Floating-point operations in a round of {@link #doubles}. */
  long doubleOperations();

  /** Makes fused multiply-adds that do not wait for each other; returns something of them. */
  float floats(long rounds);

  /** The same in double. */
  double doubles(long rounds);

  /** Reads numbers as fast as they come; returns something of them. */
  float read(float[] values);
}
