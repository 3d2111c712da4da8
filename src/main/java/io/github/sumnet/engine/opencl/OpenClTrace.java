package io.github.sumnet.engine.opencl;

import io.github.sumnet.device.opencl.OpenClBuffer;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClQueue;
import io.github.sumnet.engine.HostVector;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** A {@link Trace} and the device's memory for it, in the order of its components. */
final class OpenClTrace implements AutoCloseable {
  private final List<double[]> components;
  private final ByteBuffer bytes;
  private final HostVector values;
  private final Trace trace;
  private final List<OpenClBuffer> buffers;

  OpenClTrace(OpenClContext context, Precision precision, Topology topology, int samples) {
    // The host's memory first: where there is none, the device has nothing to give back.
    trace = Trace.allocate(topology, samples);
    long one = (long) samples * precision.bytes();
    long every = one * topology.hidden();
    bytes = ByteBuffer.allocateDirect(Math.toIntExact(every)).order(ByteOrder.nativeOrder());
    values = HostVector.of(bytes, precision);
    components =
        List.of(
            trace.z(),
            trace.a(),
            trace.zo(),
            trace.prediction(),
            trace.deltaOutput(),
            trace.deltaHidden());
    buffers = context.buffers("intermediate values", every, every, one, one, one, every);
  }

  List<OpenClBuffer> buffers() {
    return buffers;
  }

  Trace fetch(OpenClQueue queue) {
    for (int component = 0; component < buffers.size(); component++) {
      OpenClBuffer buffer = buffers.get(component);
      queue.read(buffer, 0, bytes.clear().limit((int) buffer.bytes()));
      Arrays.setAll(components.get(component), values::get);
    }
    return trace;
  }

  @Override
  public void close() {
    buffers.forEach(OpenClBuffer::close);
  }
}
