package io.github.sumnet.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or another request of the system to end: asks training to stop and holds the end of the
 * JVM up until it has written what it must.
 */
final class Interruption implements AutoCloseable {
  private static final long MOST_SECONDS_TO_FINISH = 30;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "sumnet-interruption");
  private volatile boolean requested;

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether training should end. */
  boolean isRequested() {
    return requested;
  }

  private void stopAndWait() {
    requested = true;
    try {
      if (!finished.await(MOST_SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
        System.err.println(
            "sumnet: training did not stop within "
                + MOST_SECONDS_TO_FINISH
                + " s; the checkpoint before is the last one");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is written: the JVM may end. */
  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endingAlready) {
      // That is what the hook was for.
    }
  }
}
