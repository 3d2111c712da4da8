package io.github.sumnet.engine.dl4j;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineProvider;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.chunk.ChunkEngine;

/** DL4J's passes, on the CPU or through CUDA. */
public final class Dl4jProvider implements EngineProvider {
  @Override
  public boolean makes(EngineSpec spec) {
    return spec.type() == EngineType.DL4J;
  }

  @Override
  public Engine create(EngineSpec spec, Dl4jModel model) {
    Device device = spec.device();
    HeldChunks held = new HeldChunks(() -> Dl4jGradient.arrays(device, spec.precision()));
    return new ChunkEngine(
        spec, model, () -> new Dl4jGradient(model, device, held), model::applyGradientSum);
  }
}
