package io.github.sumnet.engine;

import io.github.sumnet.device.Device;

/** The fused passes through OpenCL. */
public final class OpenClProvider implements EngineProvider {
  @Override
  public boolean makes(EngineSpec spec) {
    return spec.type() == EngineType.FUSED && spec.device() == Device.OPENCL;
  }

  @Override
  public Engine create(EngineSpec spec, Dl4jModel model) {
    return OpenClEngine.of(spec, model);
  }
}
