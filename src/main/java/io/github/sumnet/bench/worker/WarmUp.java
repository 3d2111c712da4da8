package io.github.sumnet.bench.worker;

/**
 * How something was run again and again, in windows, until the JIT compiler was done with it and
 * its time was steady, or the time was up.
 *
 * @param seconds how long that took
 * @param secondsPerRun the median of the last windows
 * @param steady false if it was cut off
 */
record WarmUp(double seconds, double secondsPerRun, boolean steady) {
  /** What is run, so many times in a row; over when it returns. */
  interface Work {
    void run(long count) throws InterruptedException;
  }

  /**
   * Warms up.
   *
   * @param windowSeconds how long a window is at least, if a single run is not longer
   * @param mostSeconds when it is cut off
   */
  static WarmUp of(SteadyState state, double windowSeconds, double mostSeconds, Work work)
      throws InterruptedException {
    JitCompiler compiler = new JitCompiler();
    long start = System.nanoTime();
    long count = 1;
    double elapsed;
    do {
      double compiledBefore = compiler.seconds();
      long windowStart = System.nanoTime();
      work.run(count);
      double seconds = (System.nanoTime() - windowStart) / 1e9;
      if (seconds >= windowSeconds / 2) {
        double compiling = (compiler.seconds() - compiledBefore) / seconds;
        state.add(seconds / count, compiler.isBusy() ? 1 : compiling);
      }
      count = Math.max(1, Math.round(Math.min(2.0 * count, count * windowSeconds / seconds)));
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (!state.isReached() && (elapsed < mostSeconds || state.isEmpty()));
    return new WarmUp(elapsed, state.secondsPerStep(), state.isReached());
  }
}
