package io.github.sumnet.engine;

import io.github.sumnet.device.Device;

/** The fused passes in Java. */
public final class FusedProvider implements EngineProvider {
  @Override
  public boolean makes(EngineSpec spec) {
    return spec.type() == EngineType.FUSED && spec.device() == Device.CPU;
  }

  @Override
  public Engine create(EngineSpec spec, Dl4jModel model) {
    return new ChunkEngine(
        spec, model, () -> new FusedGradient(model), new HostUpdater(model)::apply);
  }
}
