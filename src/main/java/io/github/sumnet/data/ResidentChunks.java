package io.github.sumnet.data;

import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The chunks of one batch in memory, the same ones for every step. */
public final class ResidentChunks implements ChunkQueue {
  private final List<Batch> chunks;
  private final AtomicInteger taken = new AtomicInteger();

  private ResidentChunks(List<Batch> chunks) {
    this.chunks = List.copyOf(chunks);
  }

  /**
   * Reads the first samples of a source.
   *
   * @param batchSize how many
   * @param chunkSize how many are computed together
   */
  public static ResidentChunks read(
      BatchSource source, Precision precision, int batchSize, int chunkSize) {
    Slicing slicing = new Slicing(batchSize, batchSize, chunkSize);
    List<Batch> chunks = new ArrayList<>();
    for (int chunk = 0; chunk < slicing.chunks(0); chunk++) {
      Batch batch = Batch.allocate(precision, slicing.chunkSize(0, chunk));
      source.read((long) chunk * chunkSize, batch.capacity(), batch);
      batch.moveTo(chunk);
      chunks.add(batch);
    }
    return new ResidentChunks(chunks);
  }

  /** Reads the same samples again into the same batches. */
  public void readAgain(BatchSource source) {
    long first = 0;
    for (Batch chunk : chunks) {
      source.read(first, chunk.capacity(), chunk);
      first += chunk.capacity();
    }
  }

  /** The chunks in their order. */
  public List<Batch> chunks() {
    return chunks;
  }

  @Override
  public Batch take() {
    return chunks.get(taken.getAndUpdate(i -> (i + 1) % chunks.size()));
  }

  @Override
  public Batch take(int chunk) {
    return chunks.get(chunk);
  }

  @Override
  public void release(Batch chunk) {}
}
