package io.github.sumnet.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

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

  /** The best of several measurements of the same; null if there is none. */
  static MachineLimits best(List<MachineLimits> measured) {
    if (measured.isEmpty()) {
      return null;
    }
    MachineLimits first = measured.get(0);
    return new MachineLimits(
        first.threads,
        first.vectorBits,
        max(measured, MachineLimits::floatOperations),
        max(measured, MachineLimits::doubleOperations),
        first.reading.stream()
            .map(Reading::bytes)
            .map(bytes -> new Reading(bytes, max(measured, each -> each.rate(bytes))))
            .toList());
  }

  private static double max(List<MachineLimits> measured, ToDoubleFunction<MachineLimits> value) {
    return measured.stream().mapToDouble(value).max().orElseThrow();
  }

  private double rate(long bytes) {
    return reading.stream()
        .filter(each -> each.bytes == bytes)
        .mapToDouble(Reading::bytesPerSecond)
        .findFirst()
        .orElse(0);
  }
}
