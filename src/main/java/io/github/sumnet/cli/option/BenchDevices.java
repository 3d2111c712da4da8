package io.github.sumnet.cli.option;

import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The devices of a benchmark.
 *
 * @param openCl which OpenCL device: a named one, or AUTO for a GPU or nothing
 */
record BenchDevices(List<Device> devices, DeviceRequest openCl) {
  /** What a shell may complete: which numbers there are only the machine knows. */
  static final class Candidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Device.values()).map(Object::toString).iterator();
    }
  }

  /** Reads one of those that stand behind {@code --devices}. */
  static final class Converter implements ITypeConverter<DeviceRequest> {
    @Override
    public DeviceRequest convert(String text) {
      try {
        DeviceRequest request = DeviceRequest.parse(text);
        if (request.kind() != DeviceRequest.Kind.AUTO) {
          return request;
        }
      } catch (IllegalArgumentException unknown) {
        // Its message names auto as well.
      }
      throw new TypeConversionException(
          "expected cpu, cuda, opencl or opencl:N (N from 0, 'sumnet doctor' lists them), not '"
              + text
              + "'");
    }
  }

  /**
   * The devices that are named, or all if none is.
   *
   * @param named null if none is
   * @throws IllegalArgumentException if two OpenCL devices are named
   */
  static BenchDevices of(List<DeviceRequest> named) {
    if (named == null) {
      return new BenchDevices(List.of(Device.values()), DeviceRequest.AUTO);
    }
    List<DeviceRequest> openCl =
        named.stream().filter(each -> device(each) == Device.OPENCL).distinct().toList();
    if (openCl.size() > 1) {
      throw new IllegalArgumentException(
          "--devices must name one OpenCL device, not %s and %s: measure them in two benchmarks"
              .formatted(openCl.get(0), openCl.get(1)));
    }
    return new BenchDevices(
        named.stream().map(BenchDevices::device).toList(),
        openCl.isEmpty() ? DeviceRequest.AUTO : openCl.get(0));
  }

  private static Device device(DeviceRequest request) {
    return switch (request.kind()) {
      case CPU -> Device.CPU;
      case CUDA -> Device.CUDA;
      case OPENCL -> Device.OPENCL;
      case AUTO -> throw new IllegalArgumentException("auto is no device of a benchmark");
    };
  }
}
