package io.github.sumnet.bench;

import java.util.List;

/**
 * What the machine's processor does at best, measured with all threads of the plan: the best of all
 * attempts, since noise only ever takes away.
 *
 * @param threads threads that ran at once
 * @param vectorBits width of the vectors that were used; 0 without the JDK's vector module
 * @param floatOperations floating-point operations a second in float, two for a fused multiply-add
 * @param doubleOperations the same in double
 * @param reading how fast so much data is read again and again, by size ascending
 */
public record MachineLimits(
    int threads,
    int vectorBits,
    double floatOperations,
    double doubleOperations,
    List<Reading> reading) {
  /**
   * A rate of reading.
   *
   * @param bytes how much data all threads read together, each its share
   */
  public record Reading(long bytes, double bytesPerSecond) {}

  public MachineLimits {
    reading = List.copyOf(reading);
  }
}
