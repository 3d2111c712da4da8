package io.github.sumnet.engine.opencl;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineProvider;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;

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
