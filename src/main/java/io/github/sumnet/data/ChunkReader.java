package io.github.sumnet.data;

import io.github.sumnet.network.Precision;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads each chunk in the thread that takes it, into a buffer of that thread: every core reads what
 * it computes, while it is still in that core's caches. Memory does not depend on the number of
 * samples. A thread has one chunk at a time.
 */
public final class ChunkReader implements ChunkQueue {
  private final BatchSource source;
  private final Slicing slicing;
  private final Precision precision;
  private final Map<Thread, Batch> empty = new HashMap<>();
  private BatchSource epoch;
  private long step;
  private int taken;

  /**
   * A reader whose first chunk is that of a step.
   *
   * @param source can be read by several threads at once
   */
  public ChunkReader(BatchSource source, Slicing slicing, long firstStep, Precision precision) {
    this.source = source;
    this.slicing = slicing;
    this.precision = precision;
    moveTo(firstStep);
  }

  /** Where a chunk is: its number in the step, and its samples in the order of the epoch. */
  private record Place(BatchSource samples, int chunk, long first, int count) {}

  @Override
  public Batch take() {
    Place next;
    synchronized (this) {
      next = place(taken);
    }
    return read(next);
  }

  @Override
  public Batch take(int chunk) {
    Place wished;
    synchronized (this) {
      wished = place(chunk);
    }
    return read(wished);
  }

  private Batch read(Place place) {
    Batch batch = buffer();
    place.samples.refer(place.first, place.count, batch);
    batch.moveTo(place.chunk);
    return batch;
  }

  private synchronized Batch buffer() {
    Batch batch = empty.remove(Thread.currentThread());
    return batch == null ? Batch.allocate(precision, slicing.largestChunk()) : batch;
  }

  private Place place(int chunk) {
    long first = slicing.firstSample(step) + (long) chunk * slicing.chunkSize();
    Place place = new Place(epoch, chunk, first, slicing.chunkSize(step, chunk));
    if (++taken == slicing.chunks(step)) {
      moveTo(step + 1);
    }
    return place;
  }

  private void moveTo(long next) {
    if (epoch == null || slicing.epoch(next) != slicing.epoch(step)) {
      epoch = source.inEpoch(slicing.epoch(next));
    }
    step = next;
    taken = 0;
  }

  @Override
  public synchronized void release(Batch batch) {
    empty.put(Thread.currentThread(), batch);
  }
}
