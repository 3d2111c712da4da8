package io.github.sumnet.engine;

import io.github.sumnet.data.MappedSamples;

/**
 * The same sums as a {@link FloatKernel}'s or a {@link DoubleKernel}'s, bit for bit, from samples
 * where they lie in a mapped file.
 *
 * @param <A> float[] or double[]
 */
public interface MappedKernel<A> {
  /** Sets the sums to those of samples; from, to and weights as for the kernel of the precision. */
  void sum(A sums, MappedSamples samples, int from, int to, A weights);
}
