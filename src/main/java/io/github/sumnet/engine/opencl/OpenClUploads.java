package io.github.sumnet.engine.opencl;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.DoubleBatch;
import io.github.sumnet.data.FloatBatch;
import io.github.sumnet.device.opencl.OpenClBuffer;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClEvent;
import io.github.sumnet.device.opencl.OpenClQueue;
import io.github.sumnet.network.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries samples to the device through two buffers in turn, on a queue of its own: while the
 * device computes on one, the other is filled and sent.
 */
final class OpenClUploads implements AutoCloseable {
  /** Enough to keep a device busy for longer than a launch takes: 3 MiB in float. */
  private static final int SAMPLES = 1 << 18;

  private final OpenClContext context;
  private final Precision precision;
  private final Traffic traffic;
  private final OpenClQueue copying;
  private final Slot[] slots = {new Slot(), new Slot()};
  private int turn;

  OpenClUploads(OpenClContext context, Precision precision, Traffic traffic) {
    this.context = context;
    this.precision = precision;
    this.traffic = traffic;
    copying = context.queue(true);
  }

  /** How many samples there is room for, if not for more. */
  int capacity() {
    return Math.max(SAMPLES, slots[turn].capacity);
  }

  /**
   * Takes the next buffer; waits until the device is through with it.
   *
   * @param samples how many must find room
   */
  void begin(int samples) {
    turn = 1 - turn;
    slots[turn].empty(Math.max(SAMPLES, samples));
  }

  /** Puts a chunk's samples behind those that are there. */
  void append(Batch chunk) {
    slots[turn].append(chunk);
  }

  /** Sends the samples; what is given to the other queue from now on waits for them. */
  OpenClKernels.Columns send(OpenClQueue computing) {
    return slots[turn].send(computing);
  }

  /** Says that all work on the samples has been given to the queue. */
  void given(OpenClQueue computing) {
    slots[turn].computed = computing.marker();
  }

  /** Sends a chunk's samples to a place in other buffers, and waits for it. */
  void copy(Batch chunk, OpenClKernels.Columns to, int at) {
    begin(chunk.size());
    append(chunk);
    slots[turn].copy(to, at);
  }

  /** Waits for what is under way. */
  void finish() {
    for (Slot slot : slots) {
      slot.await();
    }
  }

  /** Memory of both sides for some samples. */
  private final class Slot implements AutoCloseable {
    private int capacity;
    private int size;
    private ByteBuffer[] host = {};
    private OpenClKernels.Columns device;
    private final List<OpenClEvent> writes = new ArrayList<>();
    private OpenClEvent computed;

    void empty(int atLeast) {
      await();
      size = 0;
      if (capacity < atLeast) {
        close();
        host = new ByteBuffer[] {column(atLeast), column(atLeast), column(atLeast)};
        device = OpenClKernels.Columns.allocate(context, precision, atLeast);
        capacity = atLeast;
      }
    }

    private ByteBuffer column(int samples) {
      int bytes = Math.multiplyExact(samples, precision.bytes());
      return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    void append(Batch chunk) {
      if (chunk instanceof FloatBatch floats) {
        put(0, floats.x1Column(), chunk.size());
        put(1, floats.x2Column(), chunk.size());
        put(2, floats.yColumn(), chunk.size());
      } else if (chunk instanceof DoubleBatch doubles) {
        put(0, doubles.x1Column(), chunk.size());
        put(1, doubles.x2Column(), chunk.size());
        put(2, doubles.yColumn(), chunk.size());
      }
      size += chunk.size();
    }

    private void put(int column, float[] values, int count) {
      host[column].clear().position(size * Float.BYTES).asFloatBuffer().put(values, 0, count);
    }

    private void put(int column, double[] values, int count) {
      host[column].clear().position(size * Double.BYTES).asDoubleBuffer().put(values, 0, count);
    }

    OpenClKernels.Columns send(OpenClQueue computing) {
      writes.add(copying.writeLater(device.x1(), filled(0)));
      writes.add(copying.writeLater(device.x2(), filled(1)));
      OpenClEvent last = copying.writeLater(device.y(), filled(2));
      writes.add(last);
      copying.flush();
      traffic.sent(3L * size * precision.bytes());
      computing.waitFor(last);
      return device;
    }

    void copy(OpenClKernels.Columns to, int at) {
      OpenClBuffer[] columns = {to.x1(), to.x2(), to.y()};
      for (int column = 0; column < columns.length; column++) {
        copying.write(columns[column], (long) at * precision.bytes(), filled(column));
      }
      traffic.sent(3L * size * precision.bytes());
    }

    private ByteBuffer filled(int column) {
      return host[column].clear().limit(size * precision.bytes());
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
      if (device != null) {
        device.close();
        device = null;
      }
    }
  }

  @Override
  public void close() {
    for (Slot slot : slots) {
      slot.close();
    }
    copying.close();
  }
}
