package io.github.sumnet.engine;

import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClFacts;
import java.util.List;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Skips what needs an OpenCL device that rounds like the CPU, and says so. */
public final class NeedsExactOpenCl implements SkipExecutionHook {
  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    List<OpenClDevice> devices = OpenClFacts.ofThisMachine().devices();
    if (devices.isEmpty()) {
      return SkipResult.skip("no OpenCL device");
    }
    return devices.get(0).roundsLikeCpu()
        ? SkipResult.doNotSkip()
        : SkipResult.skip(devices.get(0).named() + " does not round like the CPU");
  }
}
