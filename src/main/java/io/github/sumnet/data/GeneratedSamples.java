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
    SyntheticBatches source, long first, long counter, GridSampler.Grid grid) {
  /** Generates {@code count} of them, from one of them on, counted from 0. */
  public void read(int from, int count, Batch into) {
    source.read(first + from, count, into);
  }

  /** Whether these begin where the first {@code count} samples of another sequence end. */
  public boolean follow(GeneratedSamples before, int count) {
    return grid.equals(before.grid) && counter == before.counter + count * SplitMix64.GOLDEN_GAMMA;
  }
}
