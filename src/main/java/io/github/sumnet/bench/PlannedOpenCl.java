package io.github.sumnet.bench;

import io.github.sumnet.bench.BenchEnvironment.DeviceState;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceProblem;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.device.OpenClProblems;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClFacts;
import java.util.Optional;

/** Which OpenCL device a benchmark measures: unasked a GPU or none, otherwise what was named. */
final class PlannedOpenCl {
  private PlannedOpenCl() {}

  /**
   * Decides from facts.
   *
   * @param inDouble whether all rows are computed in double
   */
  static DeviceState state(DeviceRequest request, OpenClFacts facts, boolean inDouble) {
    Optional<String> problem = problem(request, facts, inDouble);
    if (problem.isPresent()) {
      return new DeviceState(Device.OPENCL, "", problem.get());
    }
    DeviceSelection selection = DeviceSelection.of(request, facts, inDouble);
    OpenClDevice device = selection.openCl().orElseThrow();
    return new DeviceState(Device.OPENCL, device.number(), device.kind(), selection.reason(), null);
  }

  private static Optional<String> problem(
      DeviceRequest request, OpenClFacts facts, boolean inDouble) {
    if (request.kind() == DeviceRequest.Kind.OPENCL) {
      return OpenClProblems.of(request, facts, inDouble).map(DeviceProblem::summary);
    }
    return OpenClProblems.ofAuto(facts, inDouble).stream()
        .findFirst()
        .map(first -> otherwise(facts, inDouble).orElse(first.summary()));
  }

  /** What would be measured if it were named. */
  private static Optional<String> otherwise(OpenClFacts facts, boolean inDouble) {
    if (OpenClProblems.of(DeviceRequest.OPENCL, facts, inDouble).isPresent()) {
      return Optional.empty();
    }
    return DeviceSelection.of(DeviceRequest.OPENCL, facts, inDouble)
        .openCl()
        .map(
            device ->
                device.named()
                    + " is "
                    + (device.kind() == OpenClDevice.Kind.CPU ? "a CPU" : "an accelerator")
                    + ": --devices cpu,opencl measures it");
  }
}
