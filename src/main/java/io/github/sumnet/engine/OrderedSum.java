package io.github.sumnet.engine;

/**
 * Lets several threads add to one sum in a fixed order, so that the result has the same bits
 * however many there are. A thread whose turn has not come waits; as chunks are handed out in
 * order, not for long.
 */
final class OrderedSum {
  /** What a thread does when its turn has come. */
  interface Turn {
    /** Adds to the sum, or sets it if this is the first turn. */
    void add(boolean first);
  }

  private int next;
  private Throwable failure;

  synchronized void reset() {
    next = 0;
    failure = null;
  }

  /** Waits for the turn of {@code position}, takes it and passes it on. */
  synchronized void await(int position, Turn turn) throws InterruptedException {
    while (next != position && failure == null) {
      wait();
    }
    if (failure == null) {
      turn.add(position == 0);
      next++;
      notifyAll();
    }
  }

  /** Ends all waiting: a turn will never come. The first failure is the one that is kept. */
  synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    notifyAll();
  }

  synchronized boolean failed() {
    return failure != null;
  }

  /** Throws what a thread failed with, if one did. */
  synchronized void rethrow() throws InterruptedException {
    if (failure instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }
}
