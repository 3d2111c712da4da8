package io.github.sumnet.data;

/**
 * Generates many samples at once: what {@link SyntheticBatches} defines for one, bit for bit. Safe
 * for use by several threads.
 */
public interface GridSampler {
  /** Samples that are generated together; counts are multiples of it. */
  int GROUP = 16;

  /**
   * Where the inputs lie.
   *
   * @param firstIndex the smallest input as a multiple of the grid, within ±2^24
   * @param points how many inputs there are, at most 2^25
   * @param spacing the distance between them, a power of two
   */
  record Grid(int firstIndex, long points, double spacing) {}

  /** Whether it is faster on this machine than one sample after the other. */
  boolean isFast();

  /**
   * Sets the first samples of a batch.
   *
   * @param counter the argument of the finaliser for the first of them
   */
  void fill(FloatBatch batch, int count, long counter, Grid grid);

  /** The same in double. */
  void fill(DoubleBatch batch, int count, long counter, Grid grid);
}
