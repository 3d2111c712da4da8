package io.github.sumnet.bench;

import io.github.sumnet.device.Device;
import java.util.List;
import java.util.Objects;

/**
 * Where, when and by what a benchmark was made.
 *
 * @param sumnet sumnet's version
 * @param commit the commit of the build, with "-modified" at the end if there was more than that;
 *     null if unknown
 * @param arguments the command line that began it
 * @param start when it began, ISO 8601
 * @param processor the processor's name; null if the system does not say
 * @param cores processors that the JVM may use
 */
public record BenchEnvironment(
    String sumnet,
    String commit,
    String nd4j,
    List<String> arguments,
    String start,
    String operatingSystem,
    String architecture,
    String processor,
    int cores,
    long memoryBytes,
    String jdk,
    List<DeviceState> devices) {
  /**
   * A device of the plan.
   *
   * @param description what it is, such as a GPU's name
   * @param problem why it cannot be used; null if it can
   */
  public record DeviceState(Device device, String description, String problem) {}

  public BenchEnvironment {
    arguments = List.copyOf(arguments);
    devices = List.copyOf(devices);
  }

  /** Whether measurements made there can stand beside those made here. */
  public boolean isComparable(BenchEnvironment other) {
    return sumnet.equals(other.sumnet)
        && Objects.equals(commit, other.commit)
        && nd4j.equals(other.nd4j)
        && architecture.equals(other.architecture)
        && Objects.equals(processor, other.processor)
        && cores == other.cores
        && jdk.equals(other.jdk)
        && devices.equals(other.devices);
  }
}
