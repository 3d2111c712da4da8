package io.github.sumnet.report;

import com.google.gson.annotations.SerializedName;
import io.github.sumnet.data.Count;
import io.github.sumnet.device.CpuFacts;
import io.github.sumnet.device.DeviceProblem;
import io.github.sumnet.device.Diagnosis;
import io.github.sumnet.device.HostFacts;
import io.github.sumnet.device.cuda.ComputeCapability;
import io.github.sumnet.device.cuda.CudaAnswer;
import io.github.sumnet.device.cuda.CudaDevice;
import io.github.sumnet.device.cuda.CudaFacts;
import io.github.sumnet.device.cuda.CudaLibrary;
import io.github.sumnet.device.cuda.LibraryState;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClFacts;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which devices this build can use on this machine, and how to mend what it cannot. */
public record DiagnosisReport(Diagnosis diagnosis) implements Report {
  /** What ND4J's CUDA backend has been through in this project, said with every report. */
  public static final String CUDA_NOT_VERIFIED =
      "sumnet's CUDA support is not verified on a GPU: the project never had one to run it on.";

  /** What the fused engine's OpenCL has been through, said with every report. */
  public static final String OPENCL_NOT_VERIFIED =
      "sumnet's OpenCL was never run on a GPU: all its tests ran on PoCL, which is OpenCL on"
          + " the CPU.";

  private static final int SCHEMA = 1;

  @Override
  public String title() {
    return diagnosis.verdict();
  }

  @Override
  public Document document() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Facts("Host", host()));
    blocks.add(new Block.Facts("CPU backend", cpu()));
    blocks.add(new Block.Facts("CUDA backend", cuda()));
    blocks.add(new Block.Facts("OpenCL, for engine fused", openCl()));
    addProblems("What keeps CUDA from being used", diagnosis.problems(), blocks);
    addProblems("What keeps OpenCL from a GPU", diagnosis.openClProblems(), blocks);
    blocks.add(new Block.Text(OPENCL_NOT_VERIFIED));
    blocks.add(new Block.Text(CUDA_NOT_VERIFIED));
    return new Document(title(), "", blocks);
  }

  private static void addProblems(String title, List<DeviceProblem> problems, List<Block> blocks) {
    if (!problems.isEmpty()) {
      blocks.add(new Block.Heading(title));
      blocks.add(
          new Block.Bullets(
              true, problems.stream().map(each -> each.summary() + ". " + each.fix()).toList()));
    }
  }

  private Map<String, String> host() {
    HostFacts host = diagnosis.host();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("sumnet", diagnosis.sumnet());
    facts.put("ND4J", diagnosis.nd4j());
    facts.put("JDK", host.jdk());
    facts.put("system", host.operatingSystem() + ", " + host.architecture());
    facts.put("cores", Integer.toString(host.cores()));
    facts.put("memory", gibibytes(host.memoryBytes()));
    return facts;
  }

  private Map<String, String> cpu() {
    CpuFacts cpu = diagnosis.cpu();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("works", cpu.works() ? "yes, it multiplied two matrices" : "no: " + cpu.detail());
    if (cpu.works()) {
      facts.put("linear algebra", cpu.blas() + ", " + Count.of(cpu.blasThreads(), "thread"));
      facts.put("OpenMP threads", Integer.toString(cpu.ompThreads()));
    }
    return facts;
  }

  private Map<String, String> cuda() {
    CudaFacts cuda = diagnosis.cuda();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("in this build", inBuild(cuda));
    facts.put("kernel driver", cuda.driver().moduleVersion().orElse("not found"));
    if (!cuda.natives()) {
      facts.put("libraries", "not looked for, this build could not use them");
      return facts;
    }
    facts.put("driver library", inWords(cuda.driver().library()));
    for (CudaLibrary library : CudaLibrary.values()) {
      facts.put(cuda.fileName(library), inWords(cuda.libraries().get(library)));
    }
    facts.put(
        "runtime says",
        cuda.answer()
            .map(answer -> answer.codeName() + ", driver supports CUDA " + answer.driverCuda())
            .orElse("not asked"));
    for (CudaDevice device : cuda.devices()) {
      ComputeCapability capability = device.computeCapability();
      facts.put(
          "GPU " + device.index(),
          device.name()
              + ", compute capability "
              + capability
              + (capability.runsNd4j() ? "" : " (not supported)")
              + ", "
              + gibibytes(device.memoryBytes()));
    }
    return facts;
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

  private Map<String, String> openCl() {
    OpenClFacts openCl = diagnosis.openCl();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("loader", openCl.library() + (openCl.loader() ? "" : ", not found"));
    if (!openCl.found().isEmpty()) {
      facts.put(
          "driver found", String.join(", ", openCl.found()) + ", which nothing names to loaders");
    }
    if (openCl.loader() && openCl.failure().isEmpty()) {
      facts.put(
          openCl.platforms().size() == 1 ? "platform" : "platforms",
          openCl.platforms().isEmpty() ? "none" : String.join("; ", openCl.platforms()));
    }
    openCl.devices().forEach(device -> facts.put(device.toString(), describe(device)));
    facts.put(
        "--device auto takes",
        openCl.devices().isEmpty()
            ? "none"
            : diagnosis.openClGpu().map(OpenClDevice::toString).orElse("none of them"));
    return facts;
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

  private record DiagnosisJson(
      int schema,
      String verdict,
      String sumnet,
      String nd4j,
      HostFacts host,
      CpuFacts cpu,
      CudaJson cuda,
      OpenClJson opencl,
      List<DeviceProblem> problems) {}

  private record CudaJson(
      boolean usable,
      boolean verifiedOnGpu,
      String platform,
      boolean inBuild,
      boolean nativesInBuild,
      String kernelDriver,
      State driverLibrary,
      Map<String, State> libraries,
      Optional<Integer> returnCode,
      Optional<String> returnCodeName,
      Optional<String> driverSupportsCuda,
      List<Gpu> devices,
      Optional<String> failure) {}

  private record State(String status, String detail) {
    static State of(LibraryState state) {
      return new State(lowerCase(state.status()), state.detail());
    }
  }

  private record Gpu(
      int index, String name, String computeCapability, long memoryBytes, boolean supported) {
    static Gpu of(CudaDevice device) {
      ComputeCapability capability = device.computeCapability();
      return new Gpu(
          device.index(),
          device.name(),
          capability.toString(),
          device.memoryBytes(),
          capability.runsNd4j());
    }
  }

  private record OpenClJson(
      boolean usable,
      boolean verifiedOnGpu,
      String library,
      boolean loader,
      List<String> found,
      List<String> platforms,
      List<Accelerator> devices,
      List<DeviceProblem> problems,
      Optional<String> failure) {}

  private record Accelerator(
      int number,
      String name,
      String vendor,
      String kind,
      String platform,
      String driver,
      String version,
      int computeUnits,
      long memoryBytes,
      long largestBufferBytes,
      @SerializedName("double") boolean doubles,
      boolean exactDivision,
      boolean subnormals,
      boolean usable,
      boolean takenByAuto) {
    static Accelerator of(OpenClDevice device, Optional<OpenClDevice> taken) {
      return new Accelerator(
          device.number(),
          device.name(),
          device.vendor(),
          lowerCase(device.kind()),
          device.platform(),
          device.driver(),
          device.version(),
          device.computeUnits(),
          device.memoryBytes(),
          device.largestBufferBytes(),
          device.doubles(),
          device.exactDivision(),
          device.subnormals(),
          device.usable(),
          taken.equals(Optional.of(device)));
    }
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Object json() {
    CudaFacts cuda = diagnosis.cuda();
    Map<String, State> libraries = new LinkedHashMap<>();
    cuda.libraries()
        .forEach((library, state) -> libraries.put(cuda.fileName(library), State.of(state)));
    OpenClFacts openCl = diagnosis.openCl();
    return new DiagnosisJson(
        SCHEMA,
        diagnosis.verdict(),
        diagnosis.sumnet(),
        diagnosis.nd4j(),
        diagnosis.host(),
        diagnosis.cpu(),
        new CudaJson(
            diagnosis.problems().isEmpty(),
            false,
            cuda.platform(),
            cuda.backend(),
            cuda.natives(),
            cuda.driver().moduleVersion().orElse(null),
            State.of(cuda.driver().library()),
            libraries,
            cuda.answer().map(CudaAnswer::code),
            cuda.answer().map(CudaAnswer::codeName),
            cuda.answer().map(CudaAnswer::driverCuda),
            cuda.devices().stream().map(Gpu::of).toList(),
            cuda.failure()),
        new OpenClJson(
            openCl.devices().stream().anyMatch(OpenClDevice::usable),
            false,
            openCl.library(),
            openCl.loader(),
            openCl.found(),
            openCl.platforms(),
            openCl.devices().stream()
                .map(device -> Accelerator.of(device, diagnosis.openClGpu()))
                .toList(),
            diagnosis.openClProblems(),
            openCl.failure()),
        diagnosis.problems());
  }
}
