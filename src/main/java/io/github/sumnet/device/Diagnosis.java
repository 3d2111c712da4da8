package io.github.sumnet.device;

import io.github.sumnet.device.cuda.CudaFacts;
import io.github.sumnet.device.cuda.CudaProbe;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which devices this build can use on this machine.
 *
 * @param sumnet sumnet's version
 * @param nd4j ND4J's version
 */
public record Diagnosis(
    String sumnet, String nd4j, HostFacts host, CpuFacts cpu, CudaFacts cuda, OpenClFacts openCl) {
  /**
   * Examines this machine: CUDA and OpenCL first, which leaves ND4J untouched, then the CPU
   * backend, which binds this JVM to it.
   */
  public static Diagnosis ofThisMachine(String sumnetVersion) {
    CudaFacts cuda = new CudaProbe().facts();
    OpenClFacts openCl = OpenClFacts.ofThisMachine();
    CpuFacts cpu = CpuFacts.ofThisMachine();
    return new Diagnosis(
        sumnetVersion, Nd4jVersion.current(), HostFacts.ofThisMachine(), cpu, cuda, openCl);
  }

  /** What keeps ND4J from computing on a GPU. */
  public List<DeviceProblem> problems() {
    return CudaProblems.in(cuda);
  }

  /** What keeps the fused engine from a GPU, and from other devices that OpenCL shows. */
  public List<DeviceProblem> openClProblems() {
    return OpenClProblems.in(openCl);
  }

  /** The OpenCL device that is taken where none is named, if there is one. */
  public Optional<OpenClDevice> openClGpu() {
    return OpenClChoice.gpu(openCl, false);
  }

  /** The outcome in one line. */
  public String verdict() {
    if (!cpu.works()) {
      return "Not usable: the CPU backend does not work: " + cpu.detail();
    }
    List<DeviceProblem> problems = problems();
    List<String> devices = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    if (problems.isEmpty()) {
      devices.add("CUDA");
      reasons.add(DeviceSelection.of(DeviceRequest.CUDA, cuda).reason());
    }
    if (openClGpu().isPresent()) {
      devices.add("OpenCL");
      reasons.add(DeviceSelection.of(DeviceRequest.AUTO, openCl, false).reason());
    }
    return switch (devices.size()) {
      case 0 -> "CPU only: " + problems.get(0).summary();
      case 1 -> "CPU and " + devices.get(0) + ": " + reasons.get(0);
      default -> "CPU, " + String.join(" and ", devices) + ": " + String.join("; ", reasons);
    };
  }
}
