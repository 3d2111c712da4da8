package io.github.sumnet.bench;

/** Is told how a benchmark goes. */
public interface BenchListener {
  /**
   * A fork begins.
   *
   * @param fork its number, from 1
   * @param rows how many rows it measures
   */
  void fork(int fork, int rows);

  /** A row was visited: warmed up, or timed once. */
  void visited(BenchCase benchCase);

  /** A row could not be measured. */
  void failed(BenchCase benchCase, String problem);
}
