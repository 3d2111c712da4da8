package io.github.sumnet.device;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One thing that keeps ND4J from computing on a GPU, and what the user can do about it. */
public sealed interface CudaProblem extends DeviceProblem {
  /** How a build gets ND4J's CUDA backend. */
  String BUILD_WITH_CUDA = "SUMNET_MAVEN_ARGS=-Pcuda scripts/sumnet";

  /** How a build gets NVIDIA's libraries too. */
  String BUILD_WITH_LIBRARIES = "SUMNET_MAVEN_ARGS=-Pcuda,cuda-redist scripts/sumnet";

  /**
   * Everything that the facts show to be wrong, what must be mended first first. Empty when CUDA
   * can be used.
   */
  static List<CudaProblem> in(CudaFacts facts) {
    if (!facts.natives()) {
      return List.of(problemOfTheBuild(facts));
    }
    List<CudaProblem> problems = new ArrayList<>();
    problemOfTheDriver(facts).ifPresent(problems::add);
    problemOfTheLibraries(facts).ifPresent(problems::add);
    facts.failure().ifPresent(detail -> problems.add(new ProbeFailed(detail)));
    facts.answer().flatMap(CudaProblem::problemOfTheAnswer).ifPresent(problems::add);
    facts.devices().stream()
        .filter(device -> !device.computeCapability().runsNd4j())
        .map(UnsupportedDevice::new)
        .forEach(problems::add);
    if (problems.isEmpty() && facts.answer().isEmpty()) {
      problems.add(new ProbeFailed("nobody asked the CUDA runtime"));
    }
    return List.copyOf(problems);
  }

  private static CudaProblem problemOfTheBuild(CudaFacts facts) {
    return switch (facts.platform()) {
      case "linux-x86_64", "windows-x86_64" ->
          facts.backend()
              ? new NativesMissing(facts.platform())
              : new BuildWithoutCuda(facts.driver().moduleVersion());
      default -> new PlatformUnsupported(facts.platform());
    };
  }

  private static Optional<CudaProblem> problemOfTheDriver(CudaFacts facts) {
    CudaDriver driver = facts.driver();
    if (driver.library().isMissing()) {
      return Optional.of(
          driver.moduleVersion().isEmpty()
              ? new NoDriver()
              : new DriverLibraryHidden(driver.moduleVersion().get()));
    }
    int code = facts.answer().map(CudaAnswer::code).orElse(0);
    if (driver.isTooOld() || code == CudaAnswer.INSUFFICIENT_DRIVER) {
      return Optional.of(new DriverTooOld(driver.moduleVersion()));
    }
    return Optional.empty();
  }

  private static Optional<CudaProblem> problemOfTheLibraries(CudaFacts facts) {
    List<CudaLibrary> missing =
        facts.libraries().keySet().stream()
            .filter(library -> facts.libraries().get(library).isMissing())
            .toList();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String files = missing.stream().map(facts::fileName).collect(joining(", "));
    if (missing.contains(CudaLibrary.RUNTIME)) {
      return Optional.of(new ToolkitMissing(files));
    }
    String titles = missing.stream().map(CudaLibrary::title).collect(joining(" and "));
    return Optional.of(new ToolkitIncomplete(titles, files));
  }

  private static Optional<CudaProblem> problemOfTheAnswer(CudaAnswer answer) {
    return switch (answer.code()) {
      case CudaAnswer.INSUFFICIENT_DRIVER -> Optional.empty();
      case CudaAnswer.NO_DEVICE -> Optional.of(new NoDevice());
      case 0 -> answer.devices().isEmpty() ? Optional.of(new NoDevice()) : Optional.empty();
      default -> Optional.of(new RuntimeFailed(answer.code(), answer.codeName()));
    };
  }

  /** The default build: CPU only. */
  record BuildWithoutCuda(Optional<String> driverVersion) implements CudaProblem {
    @Override
    public String summary() {
      return "this build has no CUDA backend"
          + driverVersion.map(version -> " (NVIDIA driver " + version + " is here)").orElse("");
    }

    @Override
    public String fix() {
      return "On a machine with an NVIDIA GPU, build with CUDA: " + BUILD_WITH_CUDA + " doctor";
    }
  }

  /** ND4J publishes CUDA binaries for x86-64 Linux and Windows alone. */
  record PlatformUnsupported(String platform) implements CudaProblem {
    @Override
    public String summary() {
      return "ND4J 1.0.0-M2.1 has no CUDA binaries for " + platform;
    }

    @Override
    public String fix() {
      return "Use the CPU here, or a machine with Linux or Windows on x86-64.";
    }
  }

  /** The backend's classes are there without its binaries. */
  record NativesMissing(String platform) implements CudaProblem {
    @Override
    public String summary() {
      return "the class path has ND4J's CUDA classes but not their binaries for " + platform;
    }

    @Override
    public String fix() {
      return "Build again with both: " + BUILD_WITH_CUDA + " doctor";
    }
  }

  /** No half of the driver was found. */
  record NoDriver() implements CudaProblem {
    @Override
    public String summary() {
      return "no NVIDIA driver was found (libcuda.so.1 cannot be loaded)";
    }

    @Override
    public String fix() {
      return "Install NVIDIA's driver, release "
          + CudaDriver.OLDEST_RELEASE
          + " or newer, and see that nvidia-smi lists the GPU.";
    }
  }

  /** The kernel has the driver, but this process cannot see libcuda: most often a container. */
  record DriverLibraryHidden(String driverVersion) implements CudaProblem {
    @Override
    public String summary() {
      return "the kernel has NVIDIA driver "
          + driverVersion
          + " but its library libcuda.so.1 cannot be loaded";
    }

    @Override
    public String fix() {
      return "In a container, start it with --gpus all and the NVIDIA Container Toolkit; elsewhere"
          + " install the driver's user-space libraries of the same version.";
    }
  }

  /** A driver from before CUDA 11, or something that only calls itself libcuda. */
  record DriverTooOld(Optional<String> driverVersion) implements CudaProblem {
    @Override
    public String summary() {
      return "the NVIDIA driver"
          + driverVersion.map(version -> " (" + version + ")").orElse("")
          + " is too old for CUDA 11.6";
    }

    @Override
    public String fix() {
      return "Update NVIDIA's driver to release " + CudaDriver.OLDEST_RELEASE + " or newer.";
    }
  }

  /** Not even CUDA 11.6's runtime is there. */
  record ToolkitMissing(String files) implements CudaProblem {
    @Override
    public String summary() {
      return "CUDA 11.6's libraries are missing: " + files;
    }

    @Override
    public String fix() {
      return "Install the CUDA toolkit 11.6 (12 and 13 do not help), or let Maven fetch NVIDIA's"
          + " libraries (1.7 GiB): "
          + BUILD_WITH_LIBRARIES
          + " doctor";
    }
  }

  /** The runtime of CUDA 11.6 is there, other parts are not. */
  record ToolkitIncomplete(String titles, String files) implements CudaProblem {
    @Override
    public String summary() {
      return titles + " of CUDA 11.6 cannot be loaded: " + files;
    }

    @Override
    public String fix() {
      return "Install all libraries of the CUDA toolkit 11.6, or let Maven fetch them (1.7 GiB): "
          + BUILD_WITH_LIBRARIES
          + " doctor";
    }
  }

  /** Driver and runtime work, and there is nothing for them to run on. */
  record NoDevice() implements CudaProblem {
    @Override
    public String summary() {
      return "the CUDA driver sees no GPU";
    }

    @Override
    public String fix() {
      return "See that nvidia-smi lists a GPU and that CUDA_VISIBLE_DEVICES does not hide it.";
    }
  }

  /** A GPU that is older or newer than everything ND4J's binaries were compiled for. */
  record UnsupportedDevice(CudaDevice device) implements CudaProblem {
    @Override
    public String summary() {
      return "ND4J 1.0.0-M2.1's CUDA binaries hold no code for "
          + device.name()
          + " (GPU "
          + device.index()
          + ", compute capability "
          + device.computeCapability()
          + ")";
    }

    @Override
    public String fix() {
      return "Use a card of compute capability "
          + ComputeCapability.SUPPORTED
          + " and name only such cards in CUDA_VISIBLE_DEVICES, or use the CPU: --device cpu";
    }
  }

  /** An error of the CUDA runtime that has no entry of its own here. */
  record RuntimeFailed(int code, String codeName) implements CudaProblem {
    @Override
    public String summary() {
      return "the CUDA runtime failed with error " + code + " (" + codeName + ")";
    }

    @Override
    public String fix() {
      return "See that nvidia-smi works, look the error's name up in NVIDIA's manual of the CUDA"
          + " runtime, and restart the machine if its driver was just updated.";
    }
  }

  /** The probe itself could not finish. */
  record ProbeFailed(String detail) implements CudaProblem {
    @Override
    public String summary() {
      return "CUDA could not be examined: " + detail;
    }

    @Override
    public String fix() {
      return "Report it with the output of: scripts/sumnet doctor --markdown";
    }
  }
}
