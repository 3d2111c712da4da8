package io.github.sumnet.report;

import io.github.sumnet.data.Count;
import io.github.sumnet.device.CpuFacts;
import io.github.sumnet.device.CudaAnswer;
import io.github.sumnet.device.CudaDevice;
import io.github.sumnet.device.CudaFacts;
import io.github.sumnet.device.CudaLibrary;
import io.github.sumnet.device.Diagnosis;
import io.github.sumnet.device.HostFacts;
import io.github.sumnet.device.LibraryState;
import io.github.sumnet.opencl.OpenClDevice;
import io.github.sumnet.opencl.OpenClFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A titled part of a diagnosis in names and values, the same for all formats meant for people. */
record DiagnosisSection(String title, List<Entry> entries) {
  record Entry(String name, String value) {}

  static List<DiagnosisSection> of(Diagnosis diagnosis) {
    return List.of(
        host(diagnosis), cpu(diagnosis.cpu()), cuda(diagnosis.cuda()), openCl(diagnosis));
  }

  private static DiagnosisSection host(Diagnosis diagnosis) {
    HostFacts host = diagnosis.host();
    return new DiagnosisSection(
        "Host",
        List.of(
            new Entry("sumnet", diagnosis.sumnet()),
            new Entry("ND4J", diagnosis.nd4j()),
            new Entry("JDK", host.jdk()),
            new Entry("system", host.operatingSystem() + ", " + host.architecture()),
            new Entry("cores", Integer.toString(host.cores())),
            new Entry("memory", gibibytes(host.memoryBytes()))));
  }

  private static DiagnosisSection cpu(CpuFacts cpu) {
    return new DiagnosisSection(
        "CPU backend",
        cpu.works()
            ? List.of(
                new Entry("works", "yes, it multiplied two matrices"),
                new Entry(
                    "linear algebra", cpu.blas() + ", " + Count.of(cpu.blasThreads(), "thread")),
                new Entry("OpenMP threads", Integer.toString(cpu.ompThreads())))
            : List.of(new Entry("works", "no: " + cpu.detail())));
  }

  private static DiagnosisSection cuda(CudaFacts cuda) {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry("in this build", inBuild(cuda)));
    entries.add(new Entry("kernel driver", cuda.driver().moduleVersion().orElse("not found")));
    if (cuda.natives()) {
      addLibraries(cuda, entries);
    } else {
      entries.add(new Entry("libraries", "not looked for, this build could not use them"));
    }
    return new DiagnosisSection("CUDA backend", entries);
  }

  private static void addLibraries(CudaFacts cuda, List<Entry> entries) {
    entries.add(new Entry("driver library", inWords(cuda.driver().library())));
    for (CudaLibrary library : CudaLibrary.values()) {
      entries.add(new Entry(cuda.fileName(library), inWords(cuda.libraries().get(library))));
    }
    entries.add(new Entry("runtime says", cuda.answer().map(a -> answer(a)).orElse("not asked")));
    for (CudaDevice device : cuda.devices()) {
      entries.add(new Entry("GPU " + device.index(), describe(device)));
    }
  }

  private static String inBuild(CudaFacts cuda) {
    if (!cuda.backend()) {
      return "no";
    }
    return cuda.natives() ? "yes" : "its classes, but no binaries for " + cuda.platform();
  }

  private static String inWords(LibraryState state) {
    return switch (state.status()) {
      case LOADABLE -> "found";
      case PACKAGED -> "in a jar of this build";
      case MISSING -> "missing: " + state.detail();
      case NOT_EXAMINED -> "not looked for";
    };
  }

  private static String answer(CudaAnswer answer) {
    return answer.codeName() + ", driver supports CUDA " + answer.driverCuda();
  }

  private static String describe(CudaDevice device) {
    return device.name()
        + ", compute capability "
        + device.computeCapability()
        + (device.computeCapability().runsNd4j() ? "" : " (not supported)")
        + ", "
        + gibibytes(device.memoryBytes());
  }

  private static DiagnosisSection openCl(Diagnosis diagnosis) {
    OpenClFacts openCl = diagnosis.openCl();
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry("loader", openCl.library() + (openCl.loader() ? "" : ", not found")));
    if (openCl.loader() && openCl.platforms().isEmpty() && openCl.failure().isEmpty()) {
      entries.add(new Entry("platforms", "none"));
    }
    openCl.platforms().forEach(platform -> entries.add(new Entry("platform", platform)));
    for (OpenClDevice device : openCl.devices()) {
      entries.add(new Entry(device.toString(), describe(device)));
    }
    String taken = diagnosis.openClGpu().map(OpenClDevice::toString).orElse("none of them");
    entries.add(new Entry("--device auto takes", openCl.devices().isEmpty() ? "none" : taken));
    return new DiagnosisSection("OpenCL, for engine fused", entries);
  }

  private static String describe(OpenClDevice device) {
    return String.format(
        Locale.ROOT,
        "%s: %s, driver %s, %s, %s, %s, divisions %s, subnormal numbers %s%s",
        device.kind().name(),
        device.name(),
        device.driver(),
        Count.of(device.computeUnits(), "compute unit"),
        gibibytes(device.memoryBytes()),
        device.doubles() ? "float and double" : "float alone",
        device.exactDivision() ? "exact" : "not exact",
        device.subnormals() ? "kept" : "flushed to zero",
        device.usable() ? "" : " (cannot be used)");
  }

  private static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / 0x1p30);
  }
}
