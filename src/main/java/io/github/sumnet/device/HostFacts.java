package io.github.sumnet.device;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The machine and the JVM.
 *
 * @param cores processors that this JVM may use
 * @param memoryBytes physical memory, or the container's limit
 * @param jdk version and vendor
 */
public record HostFacts(
    String operatingSystem, String architecture, int cores, long memoryBytes, String jdk) {

  public static HostFacts ofThisMachine() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new HostFacts(
        system.getName() + " " + system.getVersion(),
        system.getArch(),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
  }
}
