package io.github.sumnet.data;

/**
 * Generates samples: x1 and x2 are those points of a grid that the halves of a 64-bit word choose,
 * y is their sum. The words are SplitMix64's for a counter that grows by its increment from sample
 * to sample. Every implementation computes the same numbers, by any thread.
 */
public interface GridSampler {
  /**
   * Where the inputs lie.
   *
   * @param firstIndex the smallest input as a multiple of the spacing, within ±2^24
   * @param points how many inputs there are, at most 2^25
   * @param spacing the distance between them, a power of two
   */
  record Grid(int firstIndex, long points, double spacing) {
    /** The place of 32 random bits; the bias is at most points / 2^32, none by default. */
    int index(long bits32) {
      return (int) (firstIndex + ((bits32 * points) >>> 32));
    }
  }

  /** How many samples are generated together; the number of samples has to be a multiple of it. */
  default int group() {
    return 1;
  }

  /** Whether this implementation is the fastest on this machine. */
  boolean isFast();

  /**
   * Sets samples of a batch.
   *
   * @param from the first
   * @param to the end, exclusive
   * @param counter the counter of the first
   */
  void fill(FloatBatch batch, int from, int to, long counter, Grid grid);

  /** Sets samples of a batch in double. */
  void fill(DoubleBatch batch, int from, int to, long counter, Grid grid);
}
