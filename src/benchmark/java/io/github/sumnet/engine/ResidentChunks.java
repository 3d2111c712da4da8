package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The chunks of one batch in memory, again and again. */
final class ResidentChunks implements ChunkQueue {
  private final List<Batch> chunks;
  private final AtomicInteger taken = new AtomicInteger();

  ResidentChunks(Precision precision, int batchSize, int chunkSize) throws InterruptedException {
    Slicing slicing = new Slicing(batchSize, batchSize, chunkSize);
    SyntheticBatches samples = new SyntheticBatches(1, InputRange.DEFAULT, batchSize);
    List<Batch> read = new ArrayList<>();
    for (int chunk = 0; chunk < slicing.chunks(0); chunk++) {
      Batch batch = Batch.allocate(precision, slicing.largestChunk());
      samples.read((long) chunk * chunkSize, slicing.chunkSize(0, chunk), batch);
      read.add(batch);
    }
    // Gives them their places.
    ChunkQueue once = ChunkQueue.of(read);
    chunks = new ArrayList<>();
    for (int chunk = 0; chunk < read.size(); chunk++) {
      chunks.add(once.take());
    }
  }

  int size() {
    return chunks.size();
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
