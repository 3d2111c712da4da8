package io.github.sumnet.bench.result;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.Memory;
import io.github.sumnet.bench.statistics.Bootstrap;
import io.github.sumnet.bench.statistics.MedianInterval;
import io.github.sumnet.bench.statistics.Repetition;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import java.util.List;

/**
 * One row of a benchmark: a case and what was measured of it.
 *
 * @param samplesPerSecond the rate of training steps on data that are where the device computes;
 *     null if nothing was measured
 * @param raw the repetitions' rates in samples a second, in the order in which they were measured
 * @param repetitions the repetitions themselves, in the same order
 * @param noise null if nothing was measured
 * @param parts null if nothing was measured
 * @param memory the largest of the forks; null if nothing was measured
 * @param problem why there is no measurement, or not all of it; null if nothing went wrong
 */
public record BenchRow(
    Device device,
    BenchEngine engine,
    Precision precision,
    int batchSize,
    int hidden,
    MedianInterval samplesPerSecond,
    List<Double> raw,
    List<Repetition> repetitions,
    Noise noise,
    Parts parts,
    Memory memory,
    String problem) {
  /**
   * How much repetitions differ.
   *
   * @param relativeDeviation the median absolute deviation from the median as a share of it, times
   *     1.4826: the standard deviation if the noise is normal; null if there are too few
   * @param relativeHalfWidth half the confidence interval's width as a share of the median; null if
   *     there is none
   * @param noisy whether the interval is wider than a reader should trust
   */
  public record Noise(Double relativeDeviation, Double relativeHalfWidth, boolean noisy) {}

  /**
   * What else took time, medians over the forks in seconds.
   *
   * @param startJvm from the start of the process to its main method
   * @param startNd4j loading ND4J with its backend
   * @param gradientCheck the gradient check before the first row of this network and precision
   * @param generateData making the batch's samples in the Java heap, by one thread
   * @param copyToDevice copying it to where the device computes; 0 where that is the Java heap
   * @param warmUp steps until their time was steady
   * @param step one training step, the median of the repetitions
   * @param forksNotSteady in how many forks the warm-up was cut off before steps were steady
   * @param forksDataNotSteady the same for making the samples
   * @param forksCopyNotSteady the same for copying them
   */
  public record Parts(
      double startJvm,
      double startNd4j,
      double gradientCheck,
      double generateData,
      double copyToDevice,
      double warmUp,
      double step,
      int forksNotSteady,
      int forksDataNotSteady,
      int forksCopyNotSteady) {}

  public BenchRow {
    raw = List.copyOf(raw);
    repetitions = List.copyOf(repetitions);
  }

  /** What the row is about. */
  public BenchCase benchCase() {
    return new BenchCase(device, engine, precision, batchSize, hidden);
  }

  /** Whether there is a rate. */
  public boolean isMeasured() {
    return samplesPerSecond != null;
  }

  /** How its rate would spread if everything were measured again; of a measured row. */
  Bootstrap bootstrap() {
    return Bootstrap.of(benchCase(), repetitions);
  }
}
