package io.github.sumnet.bench;

import io.github.sumnet.device.CudaProbe;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.device.HostFacts;
import io.github.sumnet.device.Nd4jVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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
  public record DeviceState(Device device, String description, String problem) {
    @Override
    public String toString() {
      return problem == null ? description : "not there (" + problem + ")";
    }
  }

  public BenchEnvironment {
    arguments = List.copyOf(arguments);
    devices = List.copyOf(devices);
  }

  /**
   * Looks at this machine, and for a GPU if one is planned for. ND4J stays untouched.
   *
   * @param commit null if unknown
   */
  public static BenchEnvironment ofThisMachine(
      String sumnet, String commit, List<String> arguments, List<Device> planned) {
    HostFacts host = HostFacts.ofThisMachine();
    String processor = processorName();
    return new BenchEnvironment(
        sumnet,
        commit,
        Nd4jVersion.current(),
        arguments,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        host.operatingSystem(),
        host.architecture(),
        processor,
        host.cores(),
        host.memoryBytes(),
        host.jdk(),
        planned.stream().map(device -> state(device, processor)).toList());
  }

  private static DeviceState state(Device device, String processor) {
    return switch (device) {
      case CPU -> new DeviceState(device, processor == null ? "" : processor, null);
      case OPENCL -> new DeviceState(device, "", "no row of it is measured yet");
      case CUDA -> {
        DeviceSelection selection = DeviceSelection.of(DeviceRequest.AUTO, new CudaProbe().facts());
        yield selection.fellBack()
            ? new DeviceState(device, "", selection.reason())
            : new DeviceState(device, selection.reason(), null);
      }
    };
  }

  /** As Linux knows it. */
  private static String processorName() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(null);
    } catch (IOException | UncheckedIOException notLinux) {
      return null;
    }
  }

  /** Why measurements made there cannot stand beside those made here; null if they can. */
  public String difference(BenchEnvironment here) {
    List<String> differences = new ArrayList<>();
    differ("sumnet", sumnet, here.sumnet, differences);
    differ("commit", commit, here.commit, differences);
    differences.addAll(machineDifferences(here));
    return differences.isEmpty() ? null : differences.get(0);
  }

  /** How another machine, or what is installed there, differs from this one: a phrase each. */
  public List<String> machineDifferences(BenchEnvironment here) {
    List<String> differences = new ArrayList<>();
    differ("nd4j", nd4j, here.nd4j, differences);
    differ("architecture", architecture, here.architecture, differences);
    differ("processor", processor, here.processor, differences);
    differ("cores", cores, here.cores, differences);
    differ("jdk", jdk, here.jdk, differences);
    for (DeviceState there : devices) {
      here.devices.stream()
          .filter(state -> state.device() == there.device())
          .forEach(state -> differ("device " + there.device(), there, state, differences));
    }
    return differences;
  }

  private static void differ(String name, Object then, Object now, List<String> differences) {
    if (!Objects.equals(then, now)) {
      differences.add(name + " was " + then + " and is " + now);
    }
  }
}
