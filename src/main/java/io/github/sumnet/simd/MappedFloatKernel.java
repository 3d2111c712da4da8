package io.github.sumnet.simd;

import io.github.sumnet.data.MappedSamples;
import io.github.sumnet.engine.MappedKernel;

/** Two hidden units, samples of a mapped file in either order. */
final class MappedFloatKernel implements MappedKernel<float[]> {
  private final MappedFloatRowsKernel rows = new MappedFloatRowsKernel();
  private final MappedFloatColumnsKernel columns = new MappedFloatColumnsKernel();

  @Override
  public void sum(float[] sums, MappedSamples samples, int from, int to, float[] weights) {
    if (samples.rowsTogether()) {
      rows.sum(sums, samples, from, to, weights);
    } else {
      columns.sum(sums, samples, from, to, weights);
    }
  }
}
