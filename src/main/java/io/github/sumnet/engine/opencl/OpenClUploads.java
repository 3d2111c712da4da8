package io.github.sumnet.engine.opencl;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.npy.NpyRows;
import io.github.sumnet.device.opencl.OpenClBuffer;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClEvent;
import io.github.sumnet.device.opencl.OpenClException;
import io.github.sumnet.device.opencl.OpenClQueue;
import io.github.sumnet.network.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Carries samples to the device through two buffers in turn: while the device computes on one, the
 * other is filled and sent, on a queue of its own where that takes a copy. Samples of a file that
 * is used again are kept on the device.
 */
final class OpenClUploads implements AutoCloseable {
  /** Enough to keep a device busy for longer than a launch takes: 12 MiB in float. */
  private static final int SAMPLES = 1 << 20;

  /** Threads that read at the same time, and no more than there are cores. */
  private static final int READERS = 4;

  /** What a thread reads before another takes less time to begin. */
  private static final int SAMPLES_OF_READER = 1 << 14;

  private final OpenClContext context;
  private final Precision precision;
  private final Traffic traffic;
  private final OpenClQueue computing;
  private final OpenClQueue copying;
  private final boolean copied;
  private final KeptFiles files;
  private final Slot[] slots = {new Slot(), new Slot()};
  private int turn;
  private boolean isSent;

  OpenClUploads(
      OpenClContext context,
      Precision precision,
      Traffic traffic,
      OpenClQueue computing,
      OpenClEngine.Groups groups) {
    this.context = context;
    this.precision = precision;
    this.traffic = traffic;
    this.computing = computing;
    copying = context.queue(true);
    copied = groups.copied();
    files = new KeptFiles(context, bytesOfSample(), groups.fileBytes());
  }

  private int bytesOfSample() {
    return 3 * precision.bytes();
  }

  /** How many samples there is room for, if not for more. */
  int capacity() {
    return Math.max(SAMPLES, slots[turn].capacity);
  }

  /**
   * Takes the next buffer for the columns of so many samples; waits until the device is through
   * with it.
   */
  void begin(int samples) {
    begin(Math.max(SAMPLES, samples), 3);
  }

  private void begin(int room, int parts) {
    isSent = true;
    turn = 1 - turn;
    slots[turn].empty(room, parts);
  }

  void append(Batch chunk) {
    slots[turn].append(chunk);
  }

  /** Sends the samples; what the device is given from now on waits for them. */
  OpenClKernels.Columns send() {
    return slots[turn].send();
  }

  /**
   * Sends samples of a file as they are, unless the device has them; several threads read them.
   * What the device is given from now on waits for them.
   *
   * @return where the device has them
   */
  OpenClKernels.Source send(NpyRows samples, int count) {
    Optional<KeptFiles.Kept> kept = files.of(samples.file(), count);
    if (kept.isPresent()) {
      int first = Math.toIntExact(samples.first());
      keep(samples, first, count, kept.get());
      return OpenClKernels.Source.sampleBySample(kept.get().numbers(), first);
    }
    begin(Math.max(SAMPLES, count), 1);
    return OpenClKernels.Source.sampleBySample(slots[turn].send(samples, count), 0);
  }

  /** Sends those pieces of a file that hold some of these samples and have not been sent yet. */
  private void keep(NpyRows samples, int first, int count, KeptFiles.Kept kept) {
    int last = (first + count - 1) / KeptFiles.PIECE;
    for (int piece = first / KeptFiles.PIECE; piece <= last; piece++) {
      if (!kept.sent().get(piece)) {
        NpyRows missing = new NpyRows(samples.file(), (long) piece * KeptFiles.PIECE);
        int size = (int) Math.min(KeptFiles.PIECE, samples.file().samples() - missing.first());
        begin(SAMPLES, 1);
        slots[turn].send(missing, size, kept.numbers(), missing.first() * bytesOfSample());
        kept.sent().set(piece);
      }
    }
    isSent = false;
  }

  private void read(NpyRows samples, int count, ByteBuffer into) {
    int readers = Math.min(READERS, (count - 1) / SAMPLES_OF_READER + 1);
    int share = (count - 1) / readers + 1;
    IntStream.range(0, readers)
        .parallel()
        .map(reader -> reader * share)
        .filter(first -> first < count)
        .forEach(
            first ->
                samples.copy(
                    first,
                    Math.min(share, count - first),
                    into.duplicate().position(first * bytesOfSample())));
  }

  /** Says that the device has been given all work on the samples that were sent, if any were. */
  void given() {
    if (isSent) {
      slots[turn].given();
      isSent = false;
    }
  }

  /** Sends a chunk's samples to a place in other buffers, and waits for it. */
  void copy(Batch chunk, OpenClKernels.Columns to, int at) {
    begin(chunk.size(), 3);
    append(chunk);
    slots[turn].copy(to, at);
  }

  void finish() {
    for (Slot slot : slots) {
      slot.await();
    }
  }

  /** Memory for some samples: in three parts, which are columns, or in one, sample by sample. */
  private final class Slot implements AutoCloseable {
    private int capacity;
    private int size;
    private final List<Part> parts = new ArrayList<>();
    private final List<OpenClEvent> writes = new ArrayList<>();
    private OpenClEvent computed;

    void empty(int atLeast, int count) {
      await();
      size = 0;
      if (capacity < atLeast || parts.size() != count) {
        close();
        int bytes = Math.multiplyExact(3 / count * precision.bytes(), atLeast);
        while (parts.size() < count) {
          parts.add(new Part(bytes));
        }
        capacity = atLeast;
      }
      parts.forEach(Part::open);
    }

    void append(Batch chunk) {
      for (int column = 0; column < parts.size(); column++) {
        chunk.copyColumn(column, parts.get(column).from(size * precision.bytes()));
      }
      size += chunk.size();
    }

    OpenClKernels.Columns send() {
      sendParts(size * precision.bytes());
      return new OpenClKernels.Columns(parts.stream().map(part -> part.device).toList());
    }

    OpenClBuffer send(NpyRows samples, int count) {
      read(samples, count, parts.get(0).from(0));
      sendParts(count * bytesOfSample());
      return parts.get(0).device;
    }

    /** To another buffer of the device. */
    void send(NpyRows samples, int count, OpenClBuffer to, long at) {
      ByteBuffer memory = parts.get(0).from(0);
      read(samples, count, memory);
      int bytes = count * bytesOfSample();
      traffic.sent(bytes);
      writes.add(copying.writeLater(to, at, memory.limit(bytes)));
      startCopying();
    }

    private void startCopying() {
      copying.flush();
      computing.waitFor(writes.get(writes.size() - 1));
    }

    private void sendParts(int bytes) {
      traffic.sent((long) parts.size() * bytes);
      if (copied) {
        parts.forEach(
            part -> writes.add(copying.writeLater(part.device, 0, part.from(0).limit(bytes))));
        startCopying();
      } else {
        parts.forEach(Part::release);
      }
    }

    void given() {
      if (copied) {
        computed = computing.marker();
      } else {
        parts.forEach(Part::map);
      }
    }

    void copy(OpenClKernels.Columns to, int at) {
      for (int column = 0; column < parts.size(); column++) {
        copying.write(
            to.buffers().get(column),
            (long) at * precision.bytes(),
            parts.get(column).from(0).limit(size * precision.bytes()));
      }
      traffic.sent((long) parts.size() * size * precision.bytes());
    }

    void await() {
      if (computed != null) {
        computed.await();
        computed.close();
        computed = null;
      }
      for (OpenClEvent write : writes) {
        write.await();
        traffic.copiedSamples(write.seconds());
        write.close();
      }
      writes.clear();
    }

    @Override
    public void close() {
      capacity = 0;
      parts.forEach(Part::close);
      parts.clear();
    }
  }

  /**
   * Memory that the host fills, which the driver can copy from at full speed, and memory that the
   * device reads: its own, or the same where the device is the host's processor.
   */
  private final class Part implements AutoCloseable {
    private final OpenClBuffer host;
    private final OpenClBuffer device;
    private OpenClQueue.Mapping mapping;
    private boolean mapped;

    Part(int bytes) {
      host = context.hostBuffer(bytes, "samples");
      try {
        device = copied ? context.buffer(bytes, "samples") : host;
      } catch (OpenClException | OutOfMemoryError full) {
        host.close();
        throw full;
      }
    }

    /** Lets the host write once the device is through. */
    void map() {
      mapping = computing.mapLater(host, mapping);
      mapped = true;
    }

    /** Waits until the host may write. */
    void open() {
      if (!mapped) {
        map();
      }
      mapping.ready().await();
    }

    /** The memory from a byte on. */
    ByteBuffer from(int at) {
      return mapping.memory().duplicate().order(ByteOrder.nativeOrder()).position(at);
    }

    /** Leaves the memory to the device. */
    void release() {
      mapping.ready().close();
      mapped = false;
      computing.unmap(host, mapping);
    }

    @Override
    public void close() {
      if (mapped) {
        release();
      }
      host.close();
      if (device != host) {
        device.close();
      }
    }
  }

  @Override
  public void close() {
    for (Slot slot : slots) {
      slot.close();
    }
    files.close();
    copying.close();
  }
}
