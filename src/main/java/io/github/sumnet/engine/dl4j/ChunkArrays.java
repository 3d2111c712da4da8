package io.github.sumnet.engine.dl4j;

import io.github.sumnet.data.Batch;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A chunk as ND4J arrays. */
interface ChunkArrays extends AutoCloseable {
  /** Copies the chunk. */
  void load(Batch chunk);

  /** The chunk's x1 and x2, shape [n, 2], 'f' order; valid from load to unload. */
  INDArray inputs();

  /** The chunk's y, shape [n, 1]; valid from load to unload. */
  INDArray targets();

  /** Says that the arrays are not used any more until the next load. */
  void unload();

  @Override
  void close();
}
