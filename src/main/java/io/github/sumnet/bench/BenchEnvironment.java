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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
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
  public record DeviceState(Device device, String description, String problem) {}

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
    Map<String, Function<BenchEnvironment, Object>> facts = new LinkedHashMap<>();
    facts.put("sumnet", BenchEnvironment::sumnet);
    facts.put("commit", BenchEnvironment::commit);
    facts.put("nd4j", BenchEnvironment::nd4j);
    facts.put("architecture", BenchEnvironment::architecture);
    facts.put("processor", BenchEnvironment::processor);
    facts.put("cores", BenchEnvironment::cores);
    facts.put("jdk", BenchEnvironment::jdk);
    facts.put("devices", BenchEnvironment::devices);
    for (Map.Entry<String, Function<BenchEnvironment, Object>> fact : facts.entrySet()) {
      Object then = fact.getValue().apply(this);
      Object now = fact.getValue().apply(here);
      if (!Objects.equals(then, now)) {
        return fact.getKey() + " was " + then + " and is " + now;
      }
    }
    return null;
  }
}
