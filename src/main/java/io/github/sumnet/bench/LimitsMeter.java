package io.github.sumnet.bench;

import io.github.sumnet.device.PeakLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Measures the machine's ceilings: all threads run the same loop at the same time. */
final class LimitsMeter {
  private static final double WINDOW_SECONDS = 0.02;

  /** Until then the JIT compiler may not even have begun with a loop. */
  private static final double LEAST_SECONDS = 0.4;

  private static final double MOST_SECONDS = 2;

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

  /** The best window, all threads together, of a warm-up to the steady state. */
  private double roundsPerSecond(IntFunction<Rounds> ofThread) throws InterruptedException {
    List<Rounds> work = IntStream.range(0, threads).mapToObj(ofThread).toList();
    SteadyState state = SteadyState.ofWarmProcess();
    long start = System.nanoTime();
    long count = 1;
    double best = 0;
    double elapsed = 0;
    while (elapsed < LEAST_SECONDS || (!state.isReached() && elapsed < MOST_SECONDS)) {
      double seconds = seconds(work, count);
      if (seconds >= WINDOW_SECONDS / 2) {
        state.add(seconds / count, 0);
        best = Math.max(best, count * threads / seconds);
      }
      count = Math.max(1, Math.round(Math.min(8.0 * count, count * WINDOW_SECONDS / seconds)));
      elapsed = (System.nanoTime() - start) / 1e9;
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
