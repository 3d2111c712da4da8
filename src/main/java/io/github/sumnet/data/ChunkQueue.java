package io.github.sumnet.data;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The chunks of a step, one after another. Safe for use by several threads at once. */
public interface ChunkQueue {
  /** The given batches as the chunks of one step, in this order. */
  static ChunkQueue of(List<Batch> batches) {
    Queue<Batch> chunks = new ConcurrentLinkedQueue<>();
    for (Batch batch : batches) {
      batch.moveTo(chunks.size());
      chunks.add(batch);
    }
    return new ChunkQueue() {
      @Override
      public Batch take() {
        return chunks.remove();
      }

      @Override
      public void release(Batch chunk) {}
    };
  }

  /**
   * The next chunk; waits for it if need be. It belongs to the caller until it is released.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Batch take() throws InterruptedException;

  /**
   * The chunk of the step with this number, if chunks can be had in any order, else the next one,
   * which says by its position which one it is. Each is taken once, all before those of the next
   * step; it must be released by the thread that took it.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  default Batch take(int wish) throws InterruptedException {
    return take();
  }

  /** Returns a chunk's buffers, which are then filled again. */
  void release(Batch chunk);
}
