package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.GeneratedSamples;
import io.github.sumnet.network.Precision;
import io.github.sumnet.opencl.OpenClBuffer;
import io.github.sumnet.opencl.OpenClContext;
import io.github.sumnet.opencl.OpenClQueue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Sums the chunks of a step on the device. Neighbouring chunks that come from the same place are
 * computed together, since a launch costs as much as thousands of samples.
 */
final class OpenClSums implements AutoCloseable {
  /** For blocks' sums of one launch. */
  private static final long MOST_BYTES = 64L << 20;

  /** More samples than any device computes at the same time. */
  private static final int MOST_BLOCKS = 1 << 14;

  private enum Origin {
    GENERATOR,
    HELD,
    HOST
  }

  /**
   * Where a chunk's samples are.
   *
   * @param generated the generator's, or null
   * @param held their place among the samples that are held
   */
  private record Place(Origin origin, GeneratedSamples generated, int held) {}

  private final OpenClContext context;
  private final Precision precision;
  private final OpenClKernels kernels;
  private final OpenClState state;
  private final OpenClQueue queue;
  private final Traffic traffic;
  private final OpenClUploads uploads;
  private final int mostBlocks;
  private final long mostRoom;
  private final IdentityHashMap<Batch, Integer> heldAt = new IdentityHashMap<>();
  private OpenClKernels.Columns held;
  private final GrowingBuffer blockSums;
  private final GrowingBuffer chunkSums;

  // Chunks that will be computed together.
  private Place place;
  private int firstChunk;
  private int chunkSize;
  private int pending;

  // The step's.
  private int chunks;
  private int room;
  private int[] sizes = {};

  OpenClSums(
      OpenClContext context,
      Precision precision,
      OpenClKernels kernels,
      long chunkBytes,
      OpenClState state,
      OpenClQueue queue,
      Traffic traffic) {
    this.context = context;
    this.precision = precision;
    this.kernels = kernels;
    this.state = state;
    this.queue = queue;
    this.traffic = traffic;
    blockSums = new GrowingBuffer(context, queue, "the blocks' sums");
    chunkSums = new GrowingBuffer(context, queue, "the chunks' sums");
    uploads = new OpenClUploads(context, precision, traffic);
    long affordable = MOST_BYTES / (kernels.blockSums(1) * precision.bytes());
    mostBlocks = (int) Math.max(1, Math.min(affordable, MOST_BLOCKS));
    long chunksAffordable = chunkBytes / ((long) kernels.weights() * precision.bytes());
    mostRoom = Long.highestOneBit(Math.max(1, chunksAffordable));
  }

  /** Sums the next chunks of a queue, each for itself. */
  void sum(ChunkQueue from, int count) throws InterruptedException {
    begin(count);
    for (int i = 0; i < count; i++) {
      Batch chunk = from.take(i);
      try {
        add(chunk);
      } finally {
        from.release(chunk);
      }
    }
    flush();
  }

  private void begin(int count) {
    chunks = count;
    pending = 0;
    if (sizes.length < count) {
      sizes = new int[count];
    }
    // The smallest power of two from the count on, if that is affordable.
    room = (int) Math.min(mostRoom, Long.highestOneBit(2L * count - 1));
    chunkSums.atLeast(kernels.chunkSums(count, room) * precision.bytes());
  }

  private void add(Batch chunk) {
    sizes[chunk.position()] = chunk.size();
    Place next = placeOf(chunk);
    if (pending > 0 && !follows(chunk, next)) {
      flush();
    }
    if (pending == 0) {
      place = next;
      firstChunk = chunk.position();
      chunkSize = chunk.size();
      if (next.origin == Origin.HOST) {
        uploads.begin(chunk.size());
      }
    }
    if (next.origin == Origin.HOST) {
      uploads.append(chunk);
    }
    pending += chunk.size();
  }

  private Place placeOf(Batch chunk) {
    Integer at = heldAt.get(chunk);
    if (at != null) {
      return new Place(Origin.HELD, null, at);
    }
    return chunk
        .generated()
        .map(samples -> new Place(Origin.GENERATOR, samples, 0))
        .orElseGet(() -> new Place(Origin.HOST, null, 0));
  }

  /** Whether a chunk can be computed together with those before it. */
  private boolean follows(Batch chunk, Place next) {
    boolean regular =
        next.origin == place.origin
            && pending % chunkSize == 0
            && chunk.size() <= chunkSize
            && chunk.position() == firstChunk + pending / chunkSize
            && chunk.position() % room != 0
            && new OpenClKernels.Chunks(pending + chunk.size(), chunkSize).blocks() <= mostBlocks;
    return regular
        && switch (next.origin) {
          case GENERATOR -> next.generated.follow(place.generated, pending);
          case HELD -> next.held == place.held + pending;
          case HOST -> pending + chunk.size() <= uploads.capacity();
        };
  }

  private void flush() {
    if (pending == 0) {
      return;
    }
    OpenClKernels.Chunks together = new OpenClKernels.Chunks(pending, chunkSize);
    OpenClBuffer sums = blockSums.atLeast(kernels.blockSums(together.blocks()) * precision.bytes());
    switch (place.origin) {
      case GENERATOR ->
          kernels.sumGenerated(
              state.buffer(), place.generated.counter(), place.generated.grid(), together, sums);
      case HELD -> kernels.sumStored(state.buffer(), held, place.held, together, sums);
      case HOST -> kernels.sumStored(state.buffer(), uploads.send(queue), 0, together, sums);
    }
    if (firstChunk > 0 && firstChunk % room == 0) {
      kernels.addRun(chunkSums(), room, firstChunk / room - 1);
    }
    kernels.addBlocks(state.buffer(), sums, together, firstChunk, room, chunkSums());
    if (place.origin == Origin.HOST) {
      uploads.given(queue);
    }
    queue.flush();
    pending = 0;
  }

  /** What is kept of the last step's chunks. */
  OpenClBuffer chunkSums() {
    return chunkSums.current();
  }

  /** For how many chunks' sums there is room in it: a power of two. */
  int room() {
    return room;
  }

  /** How many samples the last step had. */
  int samples() {
    return Arrays.stream(sizes, 0, chunks).sum();
  }

  /** Fetches the sum of the last step's losses, added as chunks are on a CPU. */
  double lossSum() {
    int bytes = chunks * precision.bytes();
    ByteBuffer squares = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    queue.read(chunkSums(), kernels.squaresAt(room) * precision.bytes(), squares);
    traffic.fetched(bytes);
    HostVector values = HostVector.of(squares, precision);
    double[] losses = new double[chunks];
    Arrays.setAll(losses, chunk -> values.get(chunk) / 2);
    return TreeSum.of(losses);
  }

  /** Copies chunks to the device, where they stay. */
  void hold(List<Batch> batches) {
    queue.finish();
    int samples = batches.stream().mapToInt(Batch::size).reduce(0, Math::addExact);
    boolean again = held != null && heldAt.keySet().containsAll(batches);
    if (!again) {
      release();
      held = OpenClKernels.Columns.allocate(context, precision, samples);
    }
    int at = 0;
    for (Batch batch : batches) {
      uploads.copy(batch, held, again ? heldAt.get(batch) : at);
      heldAt.putIfAbsent(batch, at);
      at += batch.size();
    }
  }

  private void release() {
    if (held != null) {
      queue.finish();
      held.close();
      held = null;
      heldAt.clear();
    }
  }

  /** Waits for copies under way. */
  void finishUploads() {
    uploads.finish();
  }

  @Override
  public void close() {
    uploads.close();
    if (held != null) {
      held.close();
    }
    blockSums.close();
    chunkSums.close();
  }
}
