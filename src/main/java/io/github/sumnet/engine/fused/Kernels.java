package io.github.sumnet.engine.fused;

import io.github.sumnet.data.VectorServices;
import io.github.sumnet.network.Topology;
import java.util.Optional;

/** The fastest kernels that this JVM can run. */
public final class Kernels {
  private Kernels() {}

  /** Kernels on the JDK's vectors, found as a service: other code does not need their module. */
  public interface Vectorised {
    /** A kernel for this network, for one thread. */
    FloatKernel floats(Topology topology);

    /** A kernel for this network, for one thread. */
    DoubleKernel doubles(Topology topology);

    /** Bits of a vector, such as 256. */
    int bits();
  }

  /** The vectorised ones, if the JVM was started with the JDK's vector module. */
  public static Optional<Vectorised> vectorised() {
    return VectorServices.find(Vectorised.class);
  }

  static FloatKernel floats(Topology topology) {
    return vectorised().map(v -> v.floats(topology)).orElseGet(() -> new FloatLoop(topology));
  }

  static DoubleKernel doubles(Topology topology) {
    return vectorised().map(v -> v.doubles(topology)).orElseGet(() -> new DoubleLoop(topology));
  }
}
