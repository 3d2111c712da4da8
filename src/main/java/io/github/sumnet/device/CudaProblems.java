package io.github.sumnet.device;

import static java.util.stream.Collectors.joining;

import io.github.sumnet.device.cuda.ComputeCapability;
import io.github.sumnet.device.cuda.CudaAnswer;
import io.github.sumnet.device.cuda.CudaDevice;
import io.github.sumnet.device.cuda.CudaDriver;
import io.github.sumnet.device.cuda.CudaFacts;
import io.github.sumnet.device.cuda.CudaLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What keeps ND4J from computing on a GPU. */
public final class CudaProblems {
  private static final String BUILD_WITH_CUDA = "SUMNET_MAVEN_ARGS=-Pcuda scripts/sumnet doctor";
  private static final String BUILD_WITH_LIBRARIES =
      "SUMNET_MAVEN_ARGS=-Pcuda,cuda-redist scripts/sumnet doctor";

  private CudaProblems() {}

  /**
   * Everything that the facts show to be wrong, in the order in which it has to be fixed. Empty
   * when CUDA can be used.
   */
  public static List<DeviceProblem> in(CudaFacts facts) {
    if (!facts.natives()) {
      return List.of(ofTheBuild(facts));
    }
    List<DeviceProblem> problems = new ArrayList<>();
    ofTheDriver(facts).ifPresent(problems::add);
    ofTheLibraries(facts).ifPresent(problems::add);
    facts.failure().ifPresent(detail -> problems.add(probeFailed(detail)));
    facts.answer().flatMap(CudaProblems::ofTheAnswer).ifPresent(problems::add);
    facts.devices().stream()
        .filter(device -> !device.computeCapability().runsNd4j())
        .map(CudaProblems::unsupported)
        .forEach(problems::add);
    if (problems.isEmpty() && facts.answer().isEmpty()) {
      problems.add(probeFailed("nobody asked the CUDA runtime"));
    }
    return List.copyOf(problems);
  }

  private static DeviceProblem ofTheBuild(CudaFacts facts) {
    String platform = facts.platform();
    if (!platform.equals("linux-x86_64") && !platform.equals("windows-x86_64")) {
      return new DeviceProblem(
          "PlatformUnsupported",
          "ND4J 1.0.0-M2.1 has no CUDA binaries for " + platform,
          "Use the CPU here, or a machine with Linux or Windows on x86-64.");
    }
    if (facts.backend()) {
      return new DeviceProblem(
          "NativesMissing",
          "the class path has ND4J's CUDA classes but not their binaries for " + platform,
          "Build again with both: " + BUILD_WITH_CUDA);
    }
    Optional<String> driver = facts.driver().moduleVersion();
    return new DeviceProblem(
        "BuildWithoutCuda",
        "this build has no CUDA backend"
            + driver.map(version -> " (NVIDIA driver " + version + " is here)").orElse(""),
        "On a machine with an NVIDIA GPU, build with CUDA: " + BUILD_WITH_CUDA);
  }

  private static Optional<DeviceProblem> ofTheDriver(CudaFacts facts) {
    Optional<String> version = facts.driver().moduleVersion();
    if (facts.driver().library().isMissing()) {
      return Optional.of(version.map(CudaProblems::hidden).orElseGet(CudaProblems::noDriver));
    }
    int code = facts.answer().map(CudaAnswer::code).orElse(0);
    if (!facts.driver().isTooOld() && code != CudaAnswer.INSUFFICIENT_DRIVER) {
      return Optional.empty();
    }
    return Optional.of(
        new DeviceProblem(
            "DriverTooOld",
            "the NVIDIA driver"
                + version.map(found -> " (" + found + ")").orElse("")
                + " is too old for CUDA 11.6",
            "Update NVIDIA's driver to release " + CudaDriver.OLDEST_RELEASE + " or newer."));
  }

  private static DeviceProblem noDriver() {
    return new DeviceProblem(
        "NoDriver",
        "no NVIDIA driver was found (libcuda.so.1 cannot be loaded)",
        "Install NVIDIA's driver, release "
            + CudaDriver.OLDEST_RELEASE
            + " or newer, and see that nvidia-smi lists the GPU.");
  }

  /** The kernel has the driver, but this process cannot see libcuda: most often a container. */
  private static DeviceProblem hidden(String driverVersion) {
    return new DeviceProblem(
        "DriverLibraryHidden",
        "the kernel has NVIDIA driver "
            + driverVersion
            + " but its library libcuda.so.1 cannot be loaded",
        "In a container, start it with --gpus all and the NVIDIA Container Toolkit; elsewhere"
            + " install the driver's user-space libraries of the same version.");
  }

  private static Optional<DeviceProblem> ofTheLibraries(CudaFacts facts) {
    List<CudaLibrary> missing =
        facts.libraries().keySet().stream()
            .filter(library -> facts.libraries().get(library).isMissing())
            .toList();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String files = missing.stream().map(facts::fileName).collect(joining(", "));
    if (missing.contains(CudaLibrary.RUNTIME)) {
      return Optional.of(
          new DeviceProblem(
              "ToolkitMissing",
              "CUDA 11.6's libraries are missing: " + files,
              "Install the CUDA toolkit 11.6 (12 and 13 do not help), or let Maven fetch NVIDIA's"
                  + " libraries (1.7 GiB): "
                  + BUILD_WITH_LIBRARIES));
    }
    String titles = missing.stream().map(CudaLibrary::title).collect(joining(" and "));
    return Optional.of(
        new DeviceProblem(
            "ToolkitIncomplete",
            titles + " of CUDA 11.6 cannot be loaded: " + files,
            "Install all libraries of the CUDA toolkit 11.6, or let Maven fetch them (1.7 GiB): "
                + BUILD_WITH_LIBRARIES));
  }

  private static Optional<DeviceProblem> ofTheAnswer(CudaAnswer answer) {
    if (answer.code() == CudaAnswer.INSUFFICIENT_DRIVER) {
      return Optional.empty();
    }
    if (answer.code() != 0 && answer.code() != CudaAnswer.NO_DEVICE) {
      return Optional.of(
          new DeviceProblem(
              "RuntimeFailed",
              "the CUDA runtime failed with error %s (%s)"
                  .formatted(answer.code(), answer.codeName()),
              "See that nvidia-smi works, look the error's name up in NVIDIA's manual of the CUDA"
                  + " runtime, and restart the machine if its driver was just updated."));
    }
    if (answer.code() == 0 && !answer.devices().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DeviceProblem(
            "NoDevice",
            "the CUDA driver sees no GPU",
            "See that nvidia-smi lists a GPU and that CUDA_VISIBLE_DEVICES does not hide it."));
  }

  /** The GPU is older or newer than all that ND4J's binaries were compiled for. */
  private static DeviceProblem unsupported(CudaDevice device) {
    return new DeviceProblem(
        "UnsupportedDevice",
        "ND4J 1.0.0-M2.1's CUDA binaries hold no code for %s (GPU %s, compute capability %s)"
            .formatted(device.name(), device.index(), device.computeCapability()),
        "Use a card of compute capability "
            + ComputeCapability.SUPPORTED
            + " and name only such cards in CUDA_VISIBLE_DEVICES, or use the CPU: --device cpu");
  }

  private static DeviceProblem probeFailed(String detail) {
    return new DeviceProblem(
        "ProbeFailed",
        "CUDA could not be examined: " + detail,
        "Report it with the output of: scripts/sumnet doctor --markdown");
  }
}
