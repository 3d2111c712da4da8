package io.github.sumnet.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets several threads add to one sum in a fixed order, so that the result has the same bits
 * however many there are. What comes before its turn is kept, and nobody waits.
 */
final class OrderedSum {
  /** What is done when its turn has come. */
  interface Turn {
    /** Adds to the sum, or sets it if this is the first turn. */
    void add(boolean first);
  }

  private final Map<Integer, Turn> early = new HashMap<>();
  private int next;
  private Throwable failure;

  synchronized void reset() {
    next = 0;
    failure = null;
    early.clear();
  }

  /**
   * Takes the turn of a position, and those kept that follow it, or keeps it until all before it
   * have been taken.
   *
   * @param turn valid during this call
   * @param kept makes one that stays valid; asked for only if the turn has not come
   */
  synchronized void add(int position, Turn turn, Supplier<Turn> kept) {
    if (failure != null) {
      return;
    }
    if (position != next) {
      early.put(position, kept.get());
      return;
    }
    for (Turn due = turn; due != null; due = early.remove(next)) {
      due.add(next == 0);
      next++;
    }
  }

  /** Ends the sum: a part will never come. The first failure is the one that is kept. */
  synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
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
