package io.github.sumnet.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or another request of the system to end: asks the command to stop and holds the end of
 * the JVM up until it has written what it must.
 */
final class Interruption implements AutoCloseable {
  private static final long MOST_SECONDS_TO_FINISH = 30;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "sumnet-interruption");
  private volatile boolean requested;

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  boolean isRequested() {
    return requested;
  }

  private void stopAndWait() {
    requested = true;
    try {
      if (!finished.await(MOST_SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
        System.err.println(
            "sumnet: did not stop within "
                + MOST_SECONDS_TO_FINISH
                + " s; what was saved last before stays");
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
