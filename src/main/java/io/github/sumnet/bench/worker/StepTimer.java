package io.github.sumnet.bench.worker;

import io.github.sumnet.bench.Message;

/** Times the steps of one case. The device has nothing left to do when the clock is looked at. */
final class StepTimer {
  /** Long against the garbage collector's pauses, as DL4J's steps have them. */
  private static final double WINDOW_SECONDS = 0.05;

  private static final double REPETITION_SECONDS = 0.2;

  /** A repetition begins with so much of its steps unclocked: others had the caches meanwhile. */
  private static final double UNCLOCKED_SHARE = 0.2;

  private final Steps steps;
  private long stepsPerRepetition;

  StepTimer(Steps steps) {
    this.steps = steps;
  }

  /** Makes steps until their time is steady, or for so long. */
  WarmUp warmUp(SteadyState state, double mostSeconds) throws InterruptedException {
    WarmUp warmUp = WarmUp.of(state, WINDOW_SECONDS, mostSeconds, this::run);
    stepsPerRepetition = Math.max(1, (long) Math.ceil(REPETITION_SECONDS / warmUp.secondsPerRun()));
    return warmUp;
  }

  Message.Repeated repeat() throws InterruptedException {
    run((long) Math.ceil(UNCLOCKED_SHARE * stepsPerRepetition));
    long start = System.nanoTime();
    run(stepsPerRepetition);
    return new Message.Repeated(stepsPerRepetition, (System.nanoTime() - start) / 1e9);
  }

  private void run(long count) throws InterruptedException {
    for (long i = 0; i < count; i++) {
      steps.step();
    }
    steps.awaitDevice();
  }
}
