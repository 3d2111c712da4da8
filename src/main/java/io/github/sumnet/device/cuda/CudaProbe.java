package io.github.sumnet.device.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * Finds out what there is of CUDA. Never throws, prints nothing, and leaves ND4J untouched.
 *
 * <p>A build without ND4J's CUDA backend is recognised by its class path alone; nothing native is
 * loaded then. Otherwise the libraries are loaded as ND4J would load them, and the CUDA runtime is
 * asked for its devices if it and a driver are there. Where NVIDIA's libraries come in a jar and a
 * supported GPU is there, the first probe unpacks cuBLAS, as ND4J's first start would.
 */
public final class CudaProbe {
  private static final Path DRIVER_VERSION = Path.of("/proc/driver/nvidia/version");
  private static final String BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";
  private static final String ND4J_NATIVES = "org/nd4j/linalg/jcublas/bindings/";
  private static final String CUDA_NATIVES = "org/bytedeco/cuda/";

  private final String platform;
  private final ClassLoader classPath;
  private final Path driverVersion;
  private final DynamicLinker linker;
  private final CudaRuntime runtime;

  /** Probes this build and this machine. */
  public CudaProbe() {
    this(
        Loader.Detector.getPlatform(),
        CudaProbe.class.getClassLoader(),
        DRIVER_VERSION,
        DynamicLinker.ofThisProcess(),
        new BytedecoCuda());
  }

  CudaProbe(
      String platform,
      ClassLoader classPath,
      Path driverVersion,
      DynamicLinker linker,
      CudaRuntime runtime) {
    this.platform = platform;
    this.classPath = classPath;
    this.driverVersion = driverVersion;
    this.linker = linker;
    this.runtime = runtime;
  }

  /**
   * Gathers the facts. Takes no noticeable time without a CUDA backend, else below half a second.
   */
  public CudaFacts facts() {
    boolean backend = isOnClassPath(BACKEND);
    boolean natives =
        backend
            && isOnClassPath(ND4J_NATIVES + platform + "/" + System.mapLibraryName("jnind4jcuda"))
            && isOnClassPath(CUDA_NATIVES + platform + "/" + System.mapLibraryName("jnicudart"));
    Findings findings = new Findings();
    if (natives) {
      findings.examine();
    }
    return new CudaFacts(
        platform,
        backend,
        natives,
        new CudaDriver(findings.driver, moduleVersion()),
        findings.libraries,
        findings.answer,
        findings.failure);
  }

  private boolean isOnClassPath(String resource) {
    return classPath.getResource(resource) != null;
  }

  private Optional<String> moduleVersion() {
    try {
      return CudaDriver.versionIn(Files.readString(driverVersion));
    } catch (IOException | RuntimeException noDriver) {
      return Optional.empty();
    }
  }

  /** What was found out about native libraries, also where something failed on the way. */
  private final class Findings {
    private final Map<CudaLibrary, LibraryState> libraries = new EnumMap<>(CudaLibrary.class);
    private LibraryState driver = LibraryState.NOT_EXAMINED;
    private Optional<CudaAnswer> answer = Optional.empty();
    private Optional<String> failure = Optional.empty();

    /** Catches everything: native loading fails with Errors, and no failure may stop a fallback. */
    void examine() {
      try {
        driver = linker.load(platform.startsWith("windows") ? "nvcuda.dll" : "libcuda.so.1");
        for (CudaLibrary library : CudaLibrary.values()) {
          libraries.put(library, state(library.fileName(platform)));
        }
        if (driver.isThere() && libraries.get(CudaLibrary.RUNTIME).isThere()) {
          answer = Optional.of(runtime.askForDevices());
        }
        if (libraries.get(CudaLibrary.CUBLAS).isThere() && hasSupportedDevice()) {
          libraries.put(CudaLibrary.CUBLAS, runtime.tryCublas());
        }
      } catch (Throwable unexpected) {
        failure = Optional.of(unexpected.toString());
      }
    }

    private boolean hasSupportedDevice() {
      return answer.stream()
          .flatMap(said -> said.devices().stream())
          .anyMatch(device -> device.computeCapability().runsNd4j());
    }

    private LibraryState state(String fileName) {
      boolean packaged = isOnClassPath(CUDA_NATIVES + platform + "/" + fileName);
      return packaged ? LibraryState.PACKAGED : linker.load(fileName);
    }
  }
}
