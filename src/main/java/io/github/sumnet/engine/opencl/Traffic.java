package io.github.sumnet.engine.opencl;

import io.github.sumnet.engine.Transfers;

/** Counts what goes between host and device. */
final class Traffic {
  private long sent;
  private long fetched;
  private double secondsOfSamples;

  void sent(long bytes) {
    sent += bytes;
  }

  void fetched(long bytes) {
    fetched += bytes;
  }

  void copiedSamples(double seconds) {
    secondsOfSamples += seconds;
  }

  Transfers sum() {
    return new Transfers(sent, fetched, secondsOfSamples);
  }
}
