package io.github.sumnet.engine.dl4j;

import io.github.sumnet.data.Batch;
import java.util.IdentityHashMap;
import java.util.function.Supplier;

/** Chunks that stay where ND4J computes, for all threads of an engine. */
final class HeldChunks implements AutoCloseable {
  private final IdentityHashMap<Batch, ChunkArrays> arrays = new IdentityHashMap<>();
  private final Supplier<ChunkArrays> empty;

  HeldChunks(Supplier<ChunkArrays> empty) {
    this.empty = empty;
  }

  /**
   * Copies a chunk and keeps the copy; not while steps are computed. Into the same arrays if it is
   * kept already.
   */
  void hold(Batch chunk) {
    arrays.computeIfAbsent(chunk, key -> empty.get()).load(chunk);
  }

  /** The arrays of this very batch, loaded already; null if it is not held. */
  ChunkArrays of(Batch chunk) {
    return arrays.get(chunk);
  }

  /** {@inheritDoc} Once more does nothing: each thread's worker closes them. */
  @Override
  public void close() {
    arrays.values().forEach(ChunkArrays::unload);
    arrays.values().forEach(ChunkArrays::close);
    arrays.clear();
  }
}
