package io.github.sumnet.report.bench;

import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.opencl.OpenClDevice;

/**
 * What a benchmark holds against the CPU, in words: only a GPU is called one.
 *
 * @param question what the answer is about
 * @param name how sentences call it
 * @param missing what is said if it was not measured
 * @param noAdvantage what is said if it never wins
 */
record Challenger(String question, String name, String missing, String noAdvantage) {
  static Challenger of(Device device, BenchEnvironment environment) {
    OpenClDevice.Kind kind =
        environment.state(device).map(BenchEnvironment.DeviceState::kind).orElse(null);
    if (kind == OpenClDevice.Kind.CPU) {
      return other("the CPU itself", "the CPU through OpenCL (" + device + ")");
    }
    if (kind == OpenClDevice.Kind.ACCELERATOR) {
      return other("an accelerator", "the accelerator (" + device + ")");
    }
    return new Challenger(
        "CPU or GPU",
        "the GPU (" + device + ")",
        "no GPU was measured" + (device == Device.OPENCL ? " through OpenCL" : ""),
        "no GPU advantage at any tested batch size (" + device + ")");
  }

  private static Challenger other(String what, String name) {
    return new Challenger(
        "With or without OpenCL, on " + what,
        name,
        name + " was not measured",
        name + " has no advantage at any tested batch size");
  }
}
