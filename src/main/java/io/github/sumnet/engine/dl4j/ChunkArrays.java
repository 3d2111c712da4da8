package io.github.sumnet.engine.dl4j;

import io.github.sumnet.data.Batch;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The inputs and targets of a chunk as ND4J arrays, used again for every chunk. */
interface ChunkArrays extends AutoCloseable {
  /** Copies the samples of a chunk into the arrays. */
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
