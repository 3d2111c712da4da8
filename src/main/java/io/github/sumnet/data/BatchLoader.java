package io.github.sumnet.data;

import io.github.sumnet.network.Precision;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads chunks ahead of training on a thread of its own, into a fixed number of reused buffers:
 * memory does not depend on the number of samples.
 */
public final class BatchLoader implements ChunkQueue, AutoCloseable {
  private static final long FAILURE_POLL_MILLIS = 50;

  private final BatchSource source;
  private final Slicing slicing;
  private final BlockingQueue<Batch> empty;
  private final BlockingQueue<Batch> filled;
  private final Thread thread;
  private volatile Throwable failure;

  /**
   * Starts a thread that reads ahead.
   *
   * @param firstStep the step whose first chunk comes first
   * @param buffers how many chunks may be in memory at once, at least 1
   */
  public BatchLoader(
      BatchSource source, Slicing slicing, long firstStep, Precision precision, int buffers) {
    this.source = source;
    this.slicing = slicing;
    empty = new ArrayBlockingQueue<>(buffers);
    filled = new ArrayBlockingQueue<>(buffers);
    for (int i = 0; i < buffers; i++) {
      empty.add(Batch.allocate(precision, slicing.largestChunk()));
    }
    thread = new Thread(() -> run(firstStep), "sumnet-batches");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(long firstStep) {
    try {
      for (long step = firstStep; ; step++) {
        load(step);
      }
    } catch (InterruptedException closed) {
      // close() interrupts: nobody waits for further chunks.
    } catch (RuntimeException | Error cause) {
      failure = cause;
    }
  }

  private void load(long step) throws InterruptedException {
    long first = slicing.firstSample(step);
    BatchSource samples = source.inEpoch(slicing.epoch(step));
    for (int chunk = 0; chunk < slicing.chunks(step); chunk++) {
      Batch batch = empty.take();
      int count = slicing.chunkSize(step, chunk);
      samples.read(first, count, batch);
      batch.moveTo(chunk);
      filled.put(batch);
      first += count;
    }
  }

  /** {@inheritDoc} A failure to read is thrown here, in the thread that wants the data. */
  @Override
  public Batch take() throws InterruptedException {
    while (true) {
      Batch batch = filled.poll(FAILURE_POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (batch != null) {
        return batch;
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }

  @Override
  public void release(Batch batch) {
    empty.add(batch);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
