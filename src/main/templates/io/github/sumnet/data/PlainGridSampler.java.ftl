<#include "/types.ftl">
package io.github.sumnet.data;

import io.github.sumnet.network.SplitMix64;

/**
 * Generates one sample after the other: the definition of the sequence, used also for what is left
 * over from groups.
 */
final class PlainGridSampler implements GridSampler {
  @Override
  public boolean isFast() {
    return true;
  }
<@twins>

  /** {@inheritDoc} Inputs and sum are at most 2^24 grid points, which floats hold exactly. */
  @Override
  public void fill(${Type}Batch batch, int from, int to, long counter, Grid grid) {
    ${type}[] x1 = batch.x1Column();
    ${type}[] x2 = batch.x2Column();
    ${type}[] y = batch.yColumn();
    ${type} spacing = ${narrowing}grid.spacing();
    long state = counter;
    for (int i = from; i < to; i++) {
      long word = SplitMix64.mix(state);
      int index1 = grid.index(word >>> 32);
      int index2 = grid.index(word & 0xFFFFFFFFL);
      x1[i] = index1 * spacing;
      x2[i] = index2 * spacing;
      y[i] = (index1 + index2) * spacing;
      state += SplitMix64.GOLDEN_GAMMA;
    }
  }
</@twins>
}
