package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import java.util.IdentityHashMap;
import java.util.function.Supplier;

/** Chunks that stay where ND4J computes, for all threads of an engine. */
final class HeldChunks implements AutoCloseable {
  private final IdentityHashMap<Batch, ChunkArrays> arrays = new IdentityHashMap<>();

  /**
   * Copies a chunk and keeps the copy; not while steps are computed. Into the same arrays if it is
   * kept already.
   *
   * @param empty makes arrays for it
   */
  void hold(Batch chunk, Supplier<ChunkArrays> empty) {
    arrays.computeIfAbsent(chunk, key -> empty.get()).load(chunk);
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
