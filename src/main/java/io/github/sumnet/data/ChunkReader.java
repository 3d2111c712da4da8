package io.github.sumnet.data;

import io.github.sumnet.network.Precision;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads each chunk in the thread that takes it: every core reads what it computes, while it is
 * still in that core's caches. Memory does not depend on the number of samples.
 */
public final class ChunkReader implements ChunkQueue {
  private final BatchSource source;
  private final Slicing slicing;
  private final Precision precision;
  private final Deque<Batch> empty = new ArrayDeque<>();
  private long step;
  private int chunk;

  /**
   * A reader whose first chunk is that of a step.
   *
   * @param source can be read by several threads at once
   */
  public ChunkReader(BatchSource source, Slicing slicing, long firstStep, Precision precision) {
    this.source = source;
    this.slicing = slicing;
    this.precision = precision;
    step = firstStep;
  }

  /** Where a chunk is among the samples of an epoch. */
  private record Place(int chunk, long first, int count) {}

  @Override
  public Batch take() {
    Batch batch;
    Place place;
    synchronized (this) {
      place = nextPlace();
      batch = empty.poll();
    }
    if (batch == null) {
      batch = Batch.allocate(precision, slicing.largestChunk());
    }
    source.read(place.first, place.count, batch);
    batch.moveTo(place.chunk);
    return batch;
  }

  private Place nextPlace() {
    long first = slicing.firstSample(step) + (long) chunk * slicing.chunkSize();
    Place place = new Place(chunk, first, slicing.chunkSize(step, chunk));
    if (++chunk == slicing.chunks(step)) {
      chunk = 0;
      step++;
    }
    return place;
  }

  @Override
  public synchronized void release(Batch batch) {
    empty.push(batch);
  }
}
