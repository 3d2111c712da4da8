package io.github.sumnet.data;

import io.github.sumnet.network.SplitMix64;

/**
 * Samples of a {@link GridSampler}'s sequence: whoever knows the rule needs nothing but where to
 * begin.
 *
 * @param source what they are read from where their numbers are wanted after all
 * @param first the first one's index in the source
 * @param counter the first one's counter
 * @param grid where inputs lie
 */
public record GeneratedSamples(
    SyntheticBatches source, long first, long counter, GridSampler.Grid grid) {
  /** Generates so many of them. */
  void copy(int count, Batch into) {
    source.read(first, count, into);
  }

  /** Whether they are the ones that follow so many of these. */
  public boolean follow(GeneratedSamples before, int count) {
    return grid.equals(before.grid) && counter == before.counter + count * SplitMix64.GOLDEN_GAMMA;
  }
}
