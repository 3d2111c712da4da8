package io.github.sumnet.bench.run;

import io.github.sumnet.bench.BenchCase;

/** Is told how a benchmark goes. */
public interface BenchListener {
  /** What a row is visited for. */
  enum Task {
    PREPARATION("gradient check"),
    WARM_UP("warm-up"),
    REPETITION("measuring");

    private final String words;

    Task(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * A fork begins.
   *
   * @param fork its number, from 1
   * @param rows how many rows it measures
   */
  void fork(int fork, int rows);

  /** A row's turn begins. */
  void begins(BenchCase benchCase, Task task);

  /** A row was visited: warmed up, or timed once. */
  void visited(BenchCase benchCase);

  /** A row could not be measured. */
  void failed(BenchCase benchCase, String problem);
}
