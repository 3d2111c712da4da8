package io.github.sumnet.engine.textbook;

import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineProvider;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.chunk.ChunkEngine;

/** Makes reference engines: plain loops in double, one sample after another. */
public final class ReferenceProvider implements EngineProvider {
  @Override
  public boolean makes(EngineSpec spec) {
    return spec.type() == EngineType.REFERENCE;
  }

  @Override
  public Engine create(EngineSpec spec, Dl4jModel model) {
    return new ChunkEngine(
        spec, model, () -> new ReferenceGradient(model), model::applyGradientSum);
  }
}
