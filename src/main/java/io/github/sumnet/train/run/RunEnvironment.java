package io.github.sumnet.train.run;

import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.device.HostFacts;
import io.github.sumnet.device.Nd4jVersion;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.network.Precision;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where, when and how a run was made.
 *
 * @param sumnet sumnet's version
 * @param arguments the command line
 * @param start when it began, ISO 8601
 * @param cores processors that the JVM may use
 * @param deviceReason why it ran on that device
 * @param deviceNumber which of the machine's OpenCL devices; this and its names are empty for
 *     another device
 * @param resumedFrom the checkpoint that the run goes on from
 */
public record RunEnvironment(
    String sumnet,
    String nd4j,
    List<String> arguments,
    String start,
    String operatingSystem,
    String architecture,
    int cores,
    long memoryBytes,
    String jdk,
    Device device,
    String deviceReason,
    Optional<Integer> deviceNumber,
    Optional<String> deviceName,
    Optional<String> devicePlatform,
    Optional<String> deviceDriver,
    EngineType engine,
    Precision precision,
    int threads,
    Optional<Path> resumedFrom) {
  /**
   * That of a run on this machine.
   *
   * @param resumedFrom null if it begins anew
   */
  public static RunEnvironment of(
      String version,
      List<String> arguments,
      Instant start,
      HostFacts host,
      DeviceSelection device,
      EngineSpec engine,
      Path resumedFrom) {
    return new RunEnvironment(
        version,
        Nd4jVersion.current(),
        arguments,
        start.toString(),
        host.operatingSystem(),
        host.architecture(),
        host.cores(),
        host.memoryBytes(),
        host.jdk(),
        device.device(),
        device.reason(),
        device.openCl().map(OpenClDevice::number),
        device.openCl().map(OpenClDevice::name),
        device.openCl().map(OpenClDevice::platform),
        device.openCl().map(OpenClDevice::driver),
        engine.type(),
        engine.precision(),
        engine.threads(),
        Optional.ofNullable(resumedFrom));
  }
}
