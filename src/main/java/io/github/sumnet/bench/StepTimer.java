package io.github.sumnet.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/** Times the steps of one case. The device has nothing left to do when the clock is looked at. */
final class StepTimer {
  /** Long against the garbage collector's pauses, as DL4J's steps have them. */
  private static final double WINDOW_SECONDS = 0.05;

  /** A warm-up that is not steady by then is over all the same, and the row says so. */
  static final double MOST_WARM_UP_SECONDS = 20;

  private static final double REPETITION_SECONDS = 0.2;

  /** A repetition begins with so much of its steps unclocked: others had the caches meanwhile. */
  private static final double UNCLOCKED_SHARE = 0.2;

  private final Steps steps;
  private final CompilationMXBean jit = ManagementFactory.getCompilationMXBean();
  private long stepsPerRepetition;

  StepTimer(Steps steps) {
    this.steps = steps;
  }

  /** Makes steps until their time is steady, or the time is up. */
  Answer.WarmedUp warmUp() throws InterruptedException {
    SteadyState state = SteadyState.ofWarmProcess();
    double seconds = warmUp(state);
    stepsPerRepetition = Math.max(1, (long) Math.ceil(REPETITION_SECONDS / state.secondsPerStep()));
    return new Answer.WarmedUp(seconds, state.isReached());
  }

  /** The same in a process that has computed nothing yet; returns the seconds it took. */
  double warmUpProcess() throws InterruptedException {
    return warmUp(SteadyState.ofNewProcess());
  }

  private double warmUp(SteadyState state) throws InterruptedException {
    long start = System.nanoTime();
    long count = 1;
    double elapsed;
    do {
      long compiledBefore = compileMillis();
      double seconds = time(count);
      if (seconds >= WINDOW_SECONDS / 2) {
        double compiling = (compileMillis() - compiledBefore) / 1e3;
        state.add(seconds / count, compiling / seconds);
      }
      count = Math.max(1, Math.round(Math.min(2.0 * count, count * WINDOW_SECONDS / seconds)));
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (!state.isReached() && elapsed < MOST_WARM_UP_SECONDS);
    return elapsed;
  }

  private long compileMillis() {
    return jit == null ? 0 : jit.getTotalCompilationTime();
  }

  /** Times one repetition. */
  Answer.Repeated repeat() throws InterruptedException {
    run((long) Math.ceil(UNCLOCKED_SHARE * stepsPerRepetition));
    return new Answer.Repeated(stepsPerRepetition, time(stepsPerRepetition));
  }

  private double time(long count) throws InterruptedException {
    steps.awaitDevice();
    long start = System.nanoTime();
    run(count);
    steps.awaitDevice();
    return (System.nanoTime() - start) / 1e9;
  }

  private void run(long count) throws InterruptedException {
    for (long i = 0; i < count; i++) {
      steps.step();
    }
  }
}
