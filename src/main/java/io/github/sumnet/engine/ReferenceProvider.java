package io.github.sumnet.engine;

/** The textbook's loops. */
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
