package io.github.sumnet.engine.dl4j;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.DoubleBatch;
import io.github.sumnet.data.FloatBatch;
import io.github.sumnet.network.Topology;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays on a GPU, copied there by ND4J, which knows when host and device differ; its allocator
 * reuses the device's memory from chunk to chunk. Never run on a GPU by its authors.
 */
final class DeviceChunkArrays implements ChunkArrays {
  private INDArray inputs;
  private INDArray targets;

  @Override
  public void load(Batch chunk) {
    int n = chunk.size();
    long[] inputShape = {n, Topology.INPUTS};
    long[] targetShape = {n, 1};
    if (chunk instanceof FloatBatch batch) {
      float[] columns = Arrays.copyOf(batch.x1Column(), 2 * n);
      System.arraycopy(batch.x2Column(), 0, columns, n, n);
      inputs = Nd4j.create(columns, inputShape, 'f');
      targets = Nd4j.create(Arrays.copyOf(batch.yColumn(), n), targetShape, 'f');
    } else if (chunk instanceof DoubleBatch batch) {
      double[] columns = Arrays.copyOf(batch.x1Column(), 2 * n);
      System.arraycopy(batch.x2Column(), 0, columns, n, n);
      inputs = Nd4j.create(columns, inputShape, 'f');
      targets = Nd4j.create(Arrays.copyOf(batch.yColumn(), n), targetShape, 'f');
    }
  }

  @Override
  public INDArray inputs() {
    return inputs;
  }

  @Override
  public INDArray targets() {
    return targets;
  }

  @Override
  public void unload() {
    inputs.close();
    targets.close();
  }

  @Override
  public void close() {}
}
