package io.github.sumnet.device;

import java.util.List;

/**
 * Which devices this build can use on this machine.
 *
 * @param sumnet sumnet's version
 * @param nd4j ND4J's version
 */
public record Diagnosis(String sumnet, String nd4j, HostFacts host, CpuFacts cpu, CudaFacts cuda) {
  /**
   * Examines this machine: CUDA first, which leaves ND4J untouched, then the CPU backend, which
   * binds this JVM to it.
   */
  public static Diagnosis ofThisMachine(String sumnetVersion) {
    CudaFacts cuda = new CudaProbe().facts();
    CpuFacts cpu = CpuFacts.ofThisMachine();
    return new Diagnosis(
        sumnetVersion, Nd4jVersion.current(), HostFacts.ofThisMachine(), cpu, cuda);
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
}
