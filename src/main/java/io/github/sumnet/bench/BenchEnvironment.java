package io.github.sumnet.bench;

import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.device.HostFacts;
import io.github.sumnet.device.Nd4jVersion;
import io.github.sumnet.device.cuda.CudaProbe;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
   * @param number which of the machine's OpenCL devices; null for another device, and for none
   * @param kind what that is; null likewise
   * @param description what it is, such as a GPU's name
   * @param problem why it cannot be used, or is not measured; null if it is
   */
  public record DeviceState(
      Device device, Integer number, OpenClDevice.Kind kind, String description, String problem) {
    /** A device that is not one of OpenCL's. */
    public DeviceState(Device device, String description, String problem) {
      this(device, null, null, description, problem);
    }

    @Override
    public String toString() {
      if (problem != null) {
        return (device == Device.OPENCL ? "not measured (" : "not there (") + problem + ")";
      }
      return number == null
          ? description
          : device + ":" + number + " (" + kind + "): " + description;
    }
  }

  public BenchEnvironment {
    arguments = List.copyOf(arguments);
    devices = List.copyOf(devices);
  }

  /**
   * Looks at this machine, and for what the plan measures beside its CPU. ND4J stays untouched.
   *
   * @param commit null if unknown
   */
  public static BenchEnvironment ofThisMachine(
      String sumnet, String commit, List<String> arguments, BenchPlan plan) {
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
        plan.devices().stream().map(device -> state(device, plan, processor)).toList());
  }

  private static DeviceState state(Device device, BenchPlan plan, String processor) {
    return switch (device) {
      case CPU -> new DeviceState(device, processor == null ? "" : processor, null);
      case OPENCL ->
          PlannedOpenCl.state(plan.openCl(), OpenClFacts.ofThisMachine(), plan.isInDouble());
      case CUDA -> {
        DeviceSelection selection = DeviceSelection.of(DeviceRequest.AUTO, new CudaProbe().facts());
        yield selection.fellBack()
            ? new DeviceState(device, "", selection.reason())
            : new DeviceState(device, selection.reason(), null);
      }
    };
  }

  /** What was found out about a device of the plan; empty if nothing was. */
  public Optional<DeviceState> state(Device device) {
    return devices.stream().filter(state -> state.device() == device).findFirst();
  }

  /** Why a device is not measured; null if it is. */
  public String problem(Device device) {
    return state(device).map(DeviceState::problem).orElse(null);
  }

  /** Its place among the machine's OpenCL devices; 0 for any other. */
  public int number(Device device) {
    return state(device).map(DeviceState::number).orElse(0);
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
