package io.github.sumnet.bench;

import io.github.sumnet.device.PeakLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Measures the machine's ceilings: all threads run the same loop at the same time. */
final class LimitsMeter {
  private static final double SECONDS = 0.05;
  private static final int ATTEMPTS = 4;

  /** The smallest share of data that a thread reads, so that what is measured is not the loop. */
  private static final int LEAST_BYTES = 4096;

  private final int threads;
  private final PeakLoop loop = PeakLoop.best();

  private LimitsMeter(int threads) {
    this.threads = threads;
  }

  /** Something that a thread does so many times, returning something of it. */
  private interface Rounds {
    double run(long count);
  }

  /**
   * Measures everything.
   *
   * @param bytes how much data to read, for each rate of reading
   */
  static MachineLimits measure(int threads, List<Long> bytes) throws InterruptedException {
    LimitsMeter meter = new LimitsMeter(threads);
    PeakLoop loop = meter.loop;
    double floats = loop.floatOperations() * meter.roundsPerSecond(n -> loop::floats);
    double doubles = loop.doubleOperations() * meter.roundsPerSecond(n -> loop::doubles);
    List<MachineLimits.Reading> readings = new ArrayList<>();
    for (long size : bytes) {
      readings.add(new MachineLimits.Reading(size, meter.bytesPerSecond(size)));
    }
    return new MachineLimits(threads, loop.bits(), floats, doubles, readings);
  }

  private double bytesPerSecond(long bytes) throws InterruptedException {
    int share = (int) (Math.max(bytes / threads, LEAST_BYTES) / Float.BYTES);
    List<float[]> data = IntStream.range(0, threads).mapToObj(n -> new float[share]).toList();
    double rounds = roundsPerSecond(n -> count -> read(data.get(n), count));
    return rounds * share * Float.BYTES;
  }

  private float read(float[] values, long rounds) {
    float sum = 0;
    for (long i = 0; i < rounds; i++) {
      sum += loop.read(values);
    }
    return sum;
  }

  /** The best of some attempts, all threads together, once the time of a round is known. */
  private double roundsPerSecond(IntFunction<Rounds> ofThread) throws InterruptedException {
    List<Rounds> work = IntStream.range(0, threads).mapToObj(ofThread).toList();
    long count = 1;
    double best = 0;
    int attempts = 0;
    while (attempts < ATTEMPTS) {
      double seconds = seconds(work, count);
      if (seconds >= SECONDS / 2) {
        attempts++;
        best = Math.max(best, count * threads / seconds);
      }
      count = Math.max(count, Math.round(Math.min(8.0 * count, count * SECONDS / seconds)));
    }
    return best;
  }

  private static double seconds(List<Rounds> work, long count) throws InterruptedException {
    CountDownLatch ready = new CountDownLatch(work.size());
    CountDownLatch go = new CountDownLatch(1);
    double[] results = new double[work.size()];
    List<Thread> team = new ArrayList<>();
    for (int n = 0; n < work.size(); n++) {
      int member = n;
      team.add(
          new Thread(
              () -> {
                ready.countDown();
                awaitQuietly(go);
                results[member] = work.get(member).run(count);
              }));
    }
    team.forEach(Thread::start);
    ready.await();
    long start = System.nanoTime();
    go.countDown();
    for (Thread member : team) {
      member.join();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void awaitQuietly(CountDownLatch go) {
    try {
      go.await();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }
}
