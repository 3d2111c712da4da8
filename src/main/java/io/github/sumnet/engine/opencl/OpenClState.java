package io.github.sumnet.engine.opencl;

import io.github.sumnet.device.opencl.OpenClBuffer;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClQueue;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.HostVector;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.engine.WeightLayout;
import io.github.sumnet.network.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A network's weights, gradient and updater state on the device, in this order and each in the
 * order of the weights' names, beside those of a model on the host. Only what changed is copied.
 */
final class OpenClState implements AutoCloseable {
  private final OpenClQueue queue;
  private final Traffic traffic;
  private final OpenClBuffer buffer;
  private final ByteBuffer bytes;
  private final HostVector numbers;

  /** Weights, gradient, and all that the updater keeps, on the host. */
  private final HostVector[] hosts;

  private final int[] place;
  private final double[] known;
  private boolean begun;
  private boolean ahead;

  OpenClState(Dl4jModel model, OpenClContext context, OpenClQueue queue, Traffic traffic) {
    this.queue = queue;
    this.traffic = traffic;
    Precision precision = model.precision();
    place = new int[model.topology().weightCount()];
    Arrays.setAll(place, weight -> WeightLayout.index(model.topology(), weight));
    hosts = new HostVector[] {model.hostWeights(), model.hostGradient(), model.hostUpdaterState()};
    int count = (2 + momentsOf(model.updater().kind())) * place.length;
    known = new double[count];
    bytes = ByteBuffer.allocateDirect(count * precision.bytes()).order(ByteOrder.nativeOrder());
    numbers = HostVector.of(bytes, precision);
    buffer = context.buffer(bytes.capacity(), "the weights");
  }

  /** How many numbers an updater keeps for a weight. */
  private static int momentsOf(UpdaterConfig.Kind updater) {
    return switch (updater) {
      case SGD -> 0;
      case NESTEROVS -> 1;
      case ADAM -> 2;
    };
  }

  OpenClBuffer buffer() {
    return buffer;
  }

  /** Whether the host's model has been set to something since the device's state was last seen. */
  boolean isSet() {
    boolean changed = !begun;
    for (int part = 0; part < known.length / place.length; part++) {
      HostVector host = host(part);
      for (int k = 0; k < place.length; k++) {
        double value = host.get(indexIn(part, k));
        int at = part * place.length + k;
        changed |= Double.doubleToRawLongBits(value) != Double.doubleToRawLongBits(known[at]);
        numbers.set(at, value);
        known[at] = value;
      }
    }
    return changed;
  }

  void send() {
    queue.write(buffer, 0, bytes.clear());
    traffic.sent(bytes.capacity());
    begun = true;
  }

  /** Says that the device has computed a new state. */
  void changed() {
    ahead = true;
  }

  /** Fetches the device's state if it is newer than that of the host's model. */
  void fetch() {
    if (!ahead) {
      return;
    }
    queue.read(buffer, 0, bytes.clear());
    traffic.fetched(bytes.capacity());
    for (int part = 0; part < known.length / place.length; part++) {
      HostVector host = host(part);
      for (int k = 0; k < place.length; k++) {
        int at = part * place.length + k;
        known[at] = numbers.get(at);
        host.set(indexIn(part, k), known[at]);
      }
    }
    ahead = false;
  }

  /** 0 if weights and gradient are finite, else not a number. */
  double visible() {
    double sum = 0;
    for (int k = 0; k < 2 * place.length; k++) {
      sum += 0 * known[k];
    }
    return sum;
  }

  private HostVector host(int part) {
    return hosts[Math.min(part, hosts.length - 1)];
  }

  private int indexIn(int part, int weight) {
    return Math.max(0, part - 2) * place.length + place[weight];
  }

  @Override
  public void close() {
    buffer.close();
  }
}
