package io.github.sumnet.engine;

import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.opencl.OpenClBuffer;
import io.github.sumnet.opencl.OpenClContext;
import io.github.sumnet.opencl.OpenClQueue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The device's memory for a {@link Trace}, in the order of its components. */
final class OpenClTrace implements AutoCloseable {
  private final Precision precision;
  private final List<OpenClBuffer> buffers;

  OpenClTrace(OpenClContext context, Precision precision, Topology topology, int samples) {
    this.precision = precision;
    long one = (long) samples * precision.bytes();
    long every = one * topology.hidden();
    buffers = context.buffers("intermediate values", every, every, one, one, one, every);
  }

  List<OpenClBuffer> buffers() {
    return buffers;
  }

  /** Fetches it, once it has been computed. */
  Trace fetch(OpenClQueue queue) {
    return new Trace(
        fetch(queue, 0),
        fetch(queue, 1),
        fetch(queue, 2),
        fetch(queue, 3),
        fetch(queue, 4),
        fetch(queue, 5));
  }

  private double[] fetch(OpenClQueue queue, int component) {
    OpenClBuffer buffer = buffers.get(component);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.toIntExact(buffer.bytes())).order(ByteOrder.nativeOrder());
    queue.read(buffer, 0, bytes);
    HostVector values = HostVector.of(bytes, precision);
    double[] fetched = new double[bytes.capacity() / precision.bytes()];
    for (int i = 0; i < fetched.length; i++) {
      fetched[i] = values.get(i);
    }
    return fetched;
  }

  @Override
  public void close() {
    buffers.forEach(OpenClBuffer::close);
  }
}
