<#include "/types.ftl">
<@twinClasses>
package io.github.sumnet.engine.fused;

import io.github.sumnet.data.${Type}Batch;

/**
 * Both passes over the samples of a batch in ${type}, in one go. Sample i belongs to lane i mod
 * {@link #LANES}; a lane adds its samples in their order, every addition fused with its
 * multiplication. So every kernel computes the same bits, however many lanes its hardware has.
 *
 * <p>Sums are rows of {@link #LANES} ${type}s, a row for every weight in the order of the names and
 * one for the squared residuals. The rows of the hidden layer lack the factor wh.
 *
 * <p>Used by one thread at a time.
 */
public interface ${Type}Kernel {
  /** 64 bytes: the widest vector that hardware has. */
  int LANES = 64 / ${Type}.BYTES;

  /**
   * Adds samples to the sums of their lanes.
   *
   * @param from the first sample, a multiple of {@link #LANES}
   * @param to the end, exclusive, a multiple of {@link #LANES} as well unless the kernel says
   *     otherwise
   * @param weights in the order of the names
   */
  void addTo(${type}[] sums, ${Type}Batch batch, int from, int to, ${type}[] weights);

  /** Sets the outputs ŷ of samples; from and to as in {@link #addTo}. */
  void predict(${type}[] predictions, ${Type}Batch batch, int from, int to, ${type}[] weights);
}
</@twinClasses>
