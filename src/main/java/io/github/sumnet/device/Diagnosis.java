package io.github.sumnet.device;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;

/**
 * Which devices this build can use on this machine.
 *
 * @param sumnet sumnet's version
 * @param nd4j ND4J's version
 */
public record Diagnosis(String sumnet, String nd4j, HostFacts host, CpuFacts cpu, CudaFacts cuda) {
  private static final String ND4J_VERSION = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";

  /**
   * Examines this machine: CUDA first, which leaves ND4J untouched, then the CPU backend, which
   * binds this JVM to it.
   */
  public static Diagnosis ofThisMachine(String sumnetVersion) {
    CudaFacts cuda = new CudaProbe().facts();
    CpuFacts cpu = CpuFacts.ofThisMachine();
    return new Diagnosis(sumnetVersion, nd4jVersion(), HostFacts.ofThisMachine(), cpu, cuda);
  }

  /** What keeps ND4J from computing on a GPU. */
  public List<CudaProblem> problems() {
    return CudaProblem.in(cuda);
  }

  /** The outcome in one line. */
  public String verdict() {
    List<CudaProblem> problems = problems();
    if (!cpu.works()) {
      return "Not usable: the CPU backend does not work: " + cpu.detail();
    }
    return problems.isEmpty()
        ? "CPU and CUDA: " + DeviceSelection.of(DeviceRequest.CUDA, cuda).reason()
        : "CPU only: " + problems.get(0).summary();
  }

  private static String nd4jVersion() {
    Properties properties = new Properties();
    try (InputStream in = Diagnosis.class.getResourceAsStream(ND4J_VERSION)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException unreadable) {
      return "unknown";
    }
    return properties.getProperty("version", "unknown");
  }
}
