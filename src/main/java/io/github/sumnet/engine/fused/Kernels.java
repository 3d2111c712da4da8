package io.github.sumnet.engine.fused;

import io.github.sumnet.data.VectorServices;
import io.github.sumnet.data.VectorServices.WarmUp;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The fastest kernels that this JVM can run. */
public final class Kernels {
  private Kernels() {}

  /** Kernels on the JDK's vectors, found as a service: other code does not need their module. */
  public interface Vectorised {
    /** A kernel for this network, for one thread. */
    FloatKernel floats(Topology topology);

    /** A kernel for this network, for one thread. */
    DoubleKernel doubles(Topology topology);
  }

  /** The vectorised ones, if the JVM was started with the JDK's vector module. */
  public static Optional<Vectorised> vectorised() {
    return VectorServices.find(Vectorised.class);
  }

  /** What the JIT compiler has compiled is the whole JVM's. */
  private static final Map<List<Object>, WarmUp> WARM_UPS = new ConcurrentHashMap<>();

  static FloatKernel floats(Topology topology) {
    return vectorised()
        .<FloatKernel>map(v -> new FloatWarmingKernel(topology, v.floats(topology)))
        .orElseGet(() -> new FloatLoop(topology));
  }

  static DoubleKernel doubles(Topology topology) {
    return vectorised()
        .<DoubleKernel>map(v -> new DoubleWarmingKernel(topology, v.doubles(topology)))
        .orElseGet(() -> new DoubleLoop(topology));
  }

  /** Begins to warm up the kernels for a network, where vectors are the fastest. */
  static void warmUp(Topology topology, Precision precision) {
    switch (precision) {
      case FLOAT -> floats(topology);
      case DOUBLE -> doubles(topology);
    }
  }

  /** The warm-up of a pass, which begins at the first call. */
  static WarmUp warmUp(
      String pass, Topology topology, Precision precision, Supplier<WarmUp> begin) {
    return WARM_UPS.computeIfAbsent(List.of(pass, topology, precision), any -> begin.get());
  }
}
