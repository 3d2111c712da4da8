package io.github.sumnet.data.file;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.DatasetFormat;
import io.github.sumnet.data.DatasetFormat.Piece;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Writes samples in whole blocks, one after another, while all cores make the bytes of the next
 * ones: the file's content does not depend on who was faster, nor on interruptions.
 *
 * @param part where they go
 * @param onSamples is told how many more samples have been written
 */
public record DatasetWriter(
    BatchSource samples, DatasetFormat format, PartialFile part, LongConsumer onSamples) {
  private static final int BLOCK = 65_536;
  private static final long NANOS_BETWEEN_NOTES = 2_000_000_000L;

  /**
   * Goes on from where the partial file ends until all samples are written.
   *
   * @return whether it came to that before it was interrupted
   * @throws IOException if something cannot be written
   */
  public boolean run(BooleanSupplier interrupted) throws IOException, InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    ExecutorService encoders = Executors.newFixedThreadPool(cores);
    try {
      return write(encoders, 2 * cores, interrupted);
    } finally {
      encoders.shutdownNow();
    }
  }

  private boolean write(ExecutorService encoders, int ahead, BooleanSupplier interrupted)
      throws IOException, InterruptedException {
    Deque<Future<List<Piece>>> blocks = new ArrayDeque<>();
    long next = part.samples();
    long lastNote = System.nanoTime();
    while (part.samples() < samples.samples()) {
      while (blocks.size() < ahead && next < samples.samples()) {
        long first = next;
        blocks.addLast(encoders.submit(() -> encode(first)));
        next += size(first);
      }
      int size = size(part.samples());
      part.append(result(blocks.removeFirst()), size);
      onSamples.accept(size);
      if (interrupted.getAsBoolean() && part.samples() < samples.samples()) {
        part.note();
        return false;
      }
      if (System.nanoTime() - lastNote > NANOS_BETWEEN_NOTES) {
        part.note();
        lastNote = System.nanoTime();
      }
    }
    return true;
  }

  private int size(long first) {
    return (int) Math.min(BLOCK, samples.samples() - first);
  }

  private List<Piece> encode(long first) {
    Batch batch = Batch.allocate(format.precision(), size(first));
    samples.read(first, batch.capacity(), batch);
    return format.encode(first, batch);
  }

  private static List<Piece> result(Future<List<Piece>> block) throws InterruptedException {
    try {
      return block.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("a block could not be made", failure.getCause());
    }
  }
}
