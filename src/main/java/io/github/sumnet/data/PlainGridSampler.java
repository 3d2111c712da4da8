package io.github.sumnet.data;

import io.github.sumnet.network.SplitMix64;

/** One sample after the other: the definition, and what is left over from groups. */
final class PlainGridSampler implements GridSampler {
  @Override
  public boolean isFast() {
    return true;
  }

  /** {@inheritDoc} Inputs and sum are at most 2^24 grid points, which floats hold exactly. */
  @Override
  public void fill(FloatBatch batch, int from, int to, long counter, Grid grid) {
    float[] x1 = batch.x1Column();
    float[] x2 = batch.x2Column();
    float[] y = batch.yColumn();
    float spacing = (float) grid.spacing();
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

  @Override
  public void fill(DoubleBatch batch, int from, int to, long counter, Grid grid) {
    double[] x1 = batch.x1Column();
    double[] x2 = batch.x2Column();
    double[] y = batch.yColumn();
    double spacing = grid.spacing();
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
}
