package io.github.sumnet.bench.statistics;

/**
 * One timed repetition: a raw measurement.
 *
 * @param fork the process it was measured in, from 1
 * @param steps training steps in a row between two looks at the clock
 * @param seconds the time they took
 */
public record Repetition(int fork, long steps, double seconds) {
  /** The rate for a batch of this size. */
  public double samplesPerSecond(int batchSize) {
    return steps * (double) batchSize / seconds;
  }
}
