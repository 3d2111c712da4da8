package io.github.sumnet.bench.result;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.device.Device;

/**
 * What a training job costs with an engine on a device, in steps of one batch size: a straight line
 * over its number of samples. The warm-up is no part of it: those steps train as well.
 *
 * @param fixedSeconds start of the process and of ND4J, and the gradient check
 * @param secondsPerSample generating and copying a sample, and its share of a step
 */
record JobCost(BenchCase benchCase, double fixedSeconds, double secondsPerSample) {
  /**
   * Of a measured row.
   *
   * @param threads how many threads share the generating of samples where the CPU computes
   */
  static JobCost of(BenchRow row, int threads) {
    BenchRow.Parts parts = row.parts();
    double generating = parts.generateData() / (row.device() == Device.CPU ? threads : 1);
    return new JobCost(
        row.benchCase(),
        parts.startJvm() + parts.startNd4j() + parts.gradientCheck(),
        (generating + parts.copyToDevice() + parts.step()) / row.batchSize());
  }

  double seconds(double samples) {
    return fixedSeconds + samples * secondsPerSample;
  }

  /** The number of samples at which both cost the same; not finite if there is none. */
  double crossing(JobCost other) {
    return (fixedSeconds - other.fixedSeconds) / (other.secondsPerSample - secondsPerSample);
  }
}
