<#include "/types.ftl">
<@twinClasses>
package io.github.sumnet.engine.fused;

import io.github.sumnet.data.${Type}Batch;
import io.github.sumnet.data.VectorServices.WarmUp;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.SplitMix64;
import io.github.sumnet.network.Topology;
import java.util.Arrays;

/** The plain loop until the kernel on vectors is faster and has shown that its bits are the same. */
final class ${Type}WarmingKernel implements ${Type}Kernel {
  private final ${Type}Loop plain;
  private final ${Type}Kernel vectors;
  private final WarmUp both;
  private final WarmUp forward;

  ${Type}WarmingKernel(Topology topology, ${Type}Kernel vectors) {
    plain = new ${Type}Loop(topology);
    this.vectors = vectors;
    both = Kernels.warmUp("both", topology, Precision.${type?upper_case}, () -> bothPasses(topology));
    forward = Kernels.warmUp("forward", topology, Precision.${type?upper_case}, () -> forward(topology));
  }

  @Override
  public void addTo(${type}[] sums, ${Type}Batch batch, int from, int to, ${type}[] weights) {
    if (both.isOver()) {
      vectors.addTo(sums, batch, from, to, weights);
    } else {
      plain.addTo(sums, batch, from, to, weights);
    }
  }

  @Override
  public void predict(${type}[] predictions, ${Type}Batch batch, int from, int to, ${type}[] weights) {
    if (forward.isOver()) {
      vectors.predict(predictions, batch, from, to, weights);
    } else {
      plain.predict(predictions, batch, from, to, weights);
    }
  }

  private static WarmUp bothPasses(Topology topology) {
    ${Type}Kernel onVectors = Kernels.vectorised().orElseThrow().${type}s(topology);
    ${Type}Loop loop = new ${Type}Loop(topology);
    ${type}[] fast = new ${type}[(topology.weightCount() + 1) * LANES];
    ${type}[] slow = new ${type}[fast.length];
    ${Type}Batch batch = samples(topology);
    ${type}[] weights = weights(topology);
    return WarmUp.begin(
        () -> {
          Arrays.fill(fast, 0);
          onVectors.addTo(fast, batch, 0, batch.size(), weights);
        },
        () -> {
          Arrays.fill(slow, 0);
          loop.addTo(slow, batch, 0, batch.size(), weights);
        },
        () -> Arrays.equals(fast, slow));
  }

  private static WarmUp forward(Topology topology) {
    ${Type}Kernel onVectors = Kernels.vectorised().orElseThrow().${type}s(topology);
    ${Type}Loop loop = new ${Type}Loop(topology);
    ${Type}Batch batch = samples(topology);
    ${type}[] fast = new ${type}[batch.size()];
    ${type}[] slow = new ${type}[batch.size()];
    ${type}[] weights = weights(topology);
    return WarmUp.begin(
        () -> onVectors.predict(fast, batch, 0, batch.size(), weights),
        () -> loop.predict(slow, batch, 0, batch.size(), weights),
        () -> Arrays.equals(fast, slow));
  }

  /**
   * A block of the default network, fewer samples for more units; of either sign, so that the JIT
   * compiler sees both sides of every branch.
   */
  private static ${Type}Batch samples(Topology topology) {
    int rows = Math.max(1, 2 * FusedPass.BLOCK / topology.hidden() / LANES);
    int count = Math.min(rows * LANES, FusedPass.BLOCK);
    ${Type}Batch batch = new ${Type}Batch(count);
    batch.resize(count);
    for (int i = 0; i < count; i++) {
      batch.set(i, random(2 * i), random(2 * i + 1), 0.5);
    }
    return batch;
  }

  private static ${type}[] weights(Topology topology) {
    ${type}[] weights = new ${type}[topology.weightCount()];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = ${narrowing}random(k);
    }
    return weights;
  }

  /** Uniform in [-1, 1). */
  private static double random(int number) {
    return SplitMix64.mix(number + 1) * 0x1p-63;
  }
}
</@twinClasses>
