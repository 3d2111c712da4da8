package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import java.util.IdentityHashMap;

/** Chunks that stay where ND4J computes, for all threads of an engine. */
final class HeldChunks implements AutoCloseable {
  private final IdentityHashMap<Batch, ChunkArrays> arrays = new IdentityHashMap<>();

  /**
   * Keeps a chunk; not while steps are computed.
   *
   * @param own arrays of its own, empty so far
   */
  void hold(Batch chunk, ChunkArrays own) {
    own.load(chunk);
    arrays.put(chunk, own);
  }

  /** The arrays of this very batch, loaded already; null if it is not held. */
  ChunkArrays of(Batch chunk) {
    return arrays.get(chunk);
  }

  @Override
  public void close() {
    arrays.values().forEach(ChunkArrays::unload);
    arrays.values().forEach(ChunkArrays::close);
    arrays.clear();
  }
}
