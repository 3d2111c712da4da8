package io.github.sumnet.cli;

import io.github.sumnet.data.VectorServices;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineType;

/** What the fused engine's user should know where it has to do without vectors. */
final class VectorNotice {
  static final String TEXT =
      "the fused engine computes sample by sample, many times slower than it could, with the same"
          + " results: the JVM was started without --add-modules jdk.incubator.vector, which"
          + " scripts/sumnet adds";

  private VectorNotice() {}

  static boolean applies(EngineType engine, Device device) {
    return engine == EngineType.FUSED && device == Device.CPU && !VectorServices.isAvailable();
  }
}
