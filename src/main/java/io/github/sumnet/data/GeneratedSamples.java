package io.github.sumnet.data;

import io.github.sumnet.network.SplitMix64;

/**
 * Samples of a {@link GridSampler}'s sequence: their numbers follow from the rule and the place
 * where they begin.
 *
 * @param source generates them where their numbers are needed
 * @param first the first one's index in the source
 * @param counter the first one's counter
 * @param grid where inputs lie
 */
public record GeneratedSamples(
    SyntheticBatches source, long first, long counter, GridSampler.Grid grid)
    implements Batch.Pending {
  @Override
  public void read(int from, int count, Batch into) {
    source.read(first + from, count, into);
  }

  @Override
  public boolean follow(Batch.Pending before, int count) {
    return before instanceof GeneratedSamples others
        && grid.equals(others.grid)
        && counter == others.counter + count * SplitMix64.GOLDEN_GAMMA;
  }
}
