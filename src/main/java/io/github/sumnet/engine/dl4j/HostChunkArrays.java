package io.github.sumnet.engine.dl4j;

import io.github.sumnet.data.Batch;
import io.github.sumnet.engine.HostVector;
import io.github.sumnet.engine.NetworkConfig;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays in the host's memory, reused for all chunks of one size and written through NIO. */
final class HostChunkArrays implements ChunkArrays {
  /** A run has two sizes, the full chunk and the rest of an epoch; a check has a few more. */
  private static final int SIZES_KEPT = 4;

  private record Arrays(INDArray inputs, INDArray targets) {
    void close() {
      inputs.close();
      targets.close();
    }
  }

  private final Precision precision;
  private final Map<Integer, Arrays> bySize = new LinkedHashMap<>(SIZES_KEPT, 0.75f, true);
  private Arrays current;

  HostChunkArrays(Precision precision) {
    this.precision = precision;
  }

  @Override
  public void load(Batch chunk) {
    int n = chunk.size();
    current = bySize.computeIfAbsent(n, this::allocate);
    if (bySize.size() > SIZES_KEPT) {
      bySize.remove(bySize.keySet().iterator().next()).close();
    }
    ByteBuffer inputs = HostVector.bytes(current.inputs, precision);
    chunk.copyColumn(0, inputs);
    chunk.copyColumn(1, inputs.position(n * precision.bytes()));
    chunk.copyColumn(2, HostVector.bytes(current.targets, precision));
  }

  private Arrays allocate(int n) {
    DataType type = NetworkConfig.dataType(precision);
    return new Arrays(
        Nd4j.createUninitializedDetached(type, 'f', n, Topology.INPUTS),
        Nd4j.createUninitializedDetached(type, 'f', n, 1));
  }

  @Override
  public INDArray inputs() {
    return current.inputs;
  }

  @Override
  public INDArray targets() {
    return current.targets;
  }

  @Override
  public void unload() {}

  @Override
  public void close() {
    bySize.values().forEach(Arrays::close);
    bySize.clear();
  }
}
