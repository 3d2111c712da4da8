package io.github.sumnet.simd;

import io.github.sumnet.engine.fused.DoubleKernel;
import io.github.sumnet.engine.fused.FloatKernel;
import io.github.sumnet.engine.fused.Kernels;
import io.github.sumnet.network.Topology;

/** The fused engine's kernels on the vectors of this machine. */
public final class VectorKernels implements Kernels.Vectorised {
  @Override
  public FloatKernel floats(Topology topology) {
    return topology.equals(Topology.DEFAULT)
        ? new FloatPairKernel()
        : new FloatVectorKernel(topology);
  }

  @Override
  public DoubleKernel doubles(Topology topology) {
    return topology.equals(Topology.DEFAULT)
        ? new DoublePairKernel()
        : new DoubleVectorKernel(topology);
  }
}
