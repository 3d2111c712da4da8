package io.github.sumnet.engine.fused;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineProvider;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.chunk.ChunkEngine;
import io.github.sumnet.engine.chunk.HostUpdater;

/** Makes fused engines that compute in Java, on the CPU. */
public final class FusedProvider implements EngineProvider {
  @Override
  public boolean makes(EngineSpec spec) {
    return spec.type() == EngineType.FUSED && spec.device() == Device.CPU;
  }

  @Override
  public void warmUp(EngineSpec spec) {
    Kernels.warmUp(spec.topology(), spec.precision());
  }

  @Override
  public Engine create(EngineSpec spec, Dl4jModel model) {
    return new ChunkEngine(
        spec, model, () -> new FusedGradient(model), new HostUpdater(model)::apply);
  }
}
