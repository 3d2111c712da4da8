package io.github.sumnet.engine.opencl;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.GeneratedSamples;
import io.github.sumnet.data.npy.NpyRows;
import io.github.sumnet.device.opencl.OpenClBuffer;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClQueue;
import io.github.sumnet.engine.HostVector;
import io.github.sumnet.engine.chunk.TreeSum;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
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
  static final int MOST_BLOCKS = 1 << 14;

  /** Samples times hidden units of a step that is small. */
  private static final int MOST_SMALL_UNITS = 1 << 15;

  private static final int MOST_SMALL_BLOCKS = 64;

  private enum Origin {
    GENERATOR,
    HELD,
    FILE,
    HOST
  }

  /**
   * Where a chunk's samples are.
   *
   * @param pending the generator's or a file's, or null
   * @param held their place among the samples that are held
   */
  private record Place(Origin origin, Batch.Pending pending, int held) {
    /** Whether the host has to send them. */
    boolean isSent() {
      return origin == Origin.HOST || origin == Origin.FILE;
    }
  }

  private final OpenClContext context;
  private final Precision precision;
  private final OpenClKernels kernels;
  private final OpenClState state;
  private final OpenClQueue queue;
  private final Traffic traffic;
  private final OpenClUploads uploads;
  private final int mostBlocks;
  private final long mostRoom;
  private final int small;
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

  /** For how many chunks' sums there is room: a power of two. */
  private int room;

  private boolean whole;

  /** Steps that have not been launched. */
  private Waiting waiting;

  private int[] sizes = {};

  OpenClSums(
      OpenClContext context,
      Precision precision,
      Topology topology,
      OpenClKernels kernels,
      OpenClEngine.Groups groups,
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
    uploads = new OpenClUploads(context, precision, traffic, queue, groups);
    long affordable = MOST_BYTES / (kernels.blockSums(1) * precision.bytes());
    mostBlocks = (int) Math.max(1, Math.min(affordable, MOST_BLOCKS));
    small = groups.alone() == 0 ? 0 : MOST_SMALL_UNITS / topology.hidden();
    long chunksAffordable = groups.chunkBytes() / ((long) kernels.weights() * precision.bytes());
    mostRoom = Long.highestOneBit(Math.max(1, chunksAffordable));
  }

  /**
   * Makes a step of the next chunks of a queue. A small one waits for those after it, unless its
   * samples were copied, so that one launch makes several.
   *
   * @return whether anything was launched
   */
  boolean step(ChunkQueue from, int count, OpenClUpdate update) throws InterruptedException {
    begin(count);
    for (int i = 0; i < count; i++) {
      Batch chunk = from.take(i);
      try {
        add(chunk);
      } finally {
        from.release(chunk);
      }
    }
    if (whole && isSmall()) {
      return smallStep(update);
    }
    flush(OpenClKernels.Outcome.stepEnds(samples(), List.of(update)));
    return true;
  }

  /** Whether one group of work items makes the step in less time than a launch takes. */
  private boolean isSmall() {
    return small > 0
        && pending <= small
        && new OpenClKernels.Chunks(pending, chunkSize).blocks() <= MOST_SMALL_BLOCKS;
  }

  private boolean smallStep(OpenClUpdate update) {
    OpenClKernels.Chunks together = new OpenClKernels.Chunks(pending, chunkSize);
    pending = 0;
    if (waiting != null && waiting.takes(place, together, update)) {
      return waiting.updates.size() == kernels.mostSteps() && launchWaiting();
    }
    boolean launched = launchWaiting();
    waiting = new Waiting(place, together, room, update);
    boolean waits = place.origin != Origin.HOST && update.updater() != 0;
    return (!waits && launchWaiting()) || launched;
  }

  /** Steps that one launch will make. */
  private static final class Waiting {
    private final Place first;
    private final OpenClKernels.Chunks chunks;
    private final int room;
    private final List<OpenClUpdate> updates = new ArrayList<>();
    private int advance;

    Waiting(Place first, OpenClKernels.Chunks chunks, int room, OpenClUpdate update) {
      this.first = first;
      this.chunks = chunks;
      this.room = room;
      updates.add(update);
    }

    /** Takes another step, if it is one of the same kind on the samples that are next. */
    boolean takes(Place place, OpenClKernels.Chunks itsChunks, OpenClUpdate update) {
      boolean alike =
          place.origin == first.origin
              && itsChunks.equals(chunks)
              && update.goesWith(updates.get(0))
              && isNext(place);
      if (alike) {
        updates.add(update);
      }
      return alike;
    }

    private boolean isNext(Place place) {
      int steps = updates.size();
      if (place.pending != null) {
        return place.pending.follow(first.pending, steps * chunks.samples());
      }
      if (steps == 1) {
        advance = place.held - first.held;
      }
      return place.held == first.held + steps * advance;
    }
  }

  /** Launches the steps that wait; says whether there were any. */
  boolean launchWaiting() {
    if (waiting == null) {
      return false;
    }
    Waiting steps = waiting;
    waiting = null;
    int samples = steps.chunks.samples();
    OpenClKernels.Work work =
        new OpenClKernels.Work(
            source(steps.first, samples * steps.updates.size()),
            steps.first.pending != null ? samples : steps.advance,
            steps.chunks,
            0,
            steps.room,
            OpenClKernels.Outcome.stepEnds(samples, steps.updates));
    kernels.launchAlone(
        work,
        state.buffer(),
        blockSums.atLeast(kernels.blockSums(steps.chunks.blocks()) * precision.bytes()),
        chunkSums.atLeast(kernels.chunkSums(steps.chunks.count(), steps.room) * precision.bytes()));
    if (steps.first.isSent()) {
      uploads.given();
    }
    return true;
  }

  private OpenClKernels.Source source(Place samples, int count) {
    if (samples.pending instanceof GeneratedSamples generated) {
      return OpenClKernels.Source.generated(generated.counter(), generated.grid());
    }
    if (samples.pending instanceof NpyRows rows) {
      return uploads.send(rows, count);
    }
    return samples.origin == Origin.HELD
        ? OpenClKernels.Source.columns(held, samples.held)
        : OpenClKernels.Source.columns(uploads.send(), 0);
  }

  private void begin(int count) {
    chunks = count;
    pending = 0;
    whole = true;
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
      flush(
          chunk.position() % room == 0
              ? OpenClKernels.Outcome.RUN_ENDS
              : OpenClKernels.Outcome.KEPT);
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
        .pending()
        .map(
            samples ->
                new Place(samples instanceof NpyRows ? Origin.FILE : Origin.GENERATOR, samples, 0))
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
          case GENERATOR -> next.pending.follow(place.pending, pending);
          case HELD -> next.held == place.held + pending;
          case FILE ->
              next.pending.follow(place.pending, pending)
                  && pending + chunk.size() <= uploads.capacity();
          case HOST -> pending + chunk.size() <= uploads.capacity();
        };
  }

  private void flush(OpenClKernels.Outcome outcome) {
    launchWaiting();
    whole = false;
    OpenClKernels.Chunks together = new OpenClKernels.Chunks(pending, chunkSize);
    OpenClBuffer sums = blockSums.atLeast(kernels.blockSums(together.blocks()) * precision.bytes());
    kernels.launch(
        new OpenClKernels.Work(source(place, pending), 0, together, firstChunk, room, outcome),
        state.buffer(),
        sums,
        chunkSums.current());
    if (place.isSent()) {
      uploads.given();
      queue.flush();
    }
    pending = 0;
  }

  /** How many samples the last step had. */
  int samples() {
    return Arrays.stream(sizes, 0, chunks).sum();
  }

  /** Fetches the sum of the last step's losses, added as chunks are on a CPU. */
  double lossSum() {
    launchWaiting();
    int bytes = chunks * precision.bytes();
    ByteBuffer squares = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    queue.read(chunkSums.current(), kernels.squaresAt(room) * precision.bytes(), squares);
    traffic.fetched(bytes);
    HostVector values = HostVector.of(squares, precision);
    double[] losses = new double[chunks];
    Arrays.setAll(losses, chunk -> values.get(chunk) / 2);
    return TreeSum.of(losses);
  }

  /** Copies a chunk to the beginning of buffers of the device, and waits for it. */
  void copy(Batch chunk, OpenClKernels.Columns to) {
    uploads.copy(chunk, to, 0);
  }

  void hold(List<Batch> batches) {
    launchWaiting();
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
