package io.github.sumnet.device.cuda;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CUDA facts of machines that the tests need, each one step away from a machine that works. */
public final class Facts {
  public static final String LINUX = "linux-x86_64";

  private Facts() {}

  /** A build with CUDA on a machine with everything, and these GPUs. */
  public static CudaFacts working(CudaDevice... devices) {
    return with(allLibraries(), new CudaAnswer(0, "cudaSuccess", "12.4", List.of(devices)));
  }

  /** A GPU of a compute capability. */
  public static CudaDevice gpu(int index, int major, int minor) {
    return new CudaDevice(index, "Card " + index, new ComputeCapability(major, minor), 24L << 30);
  }

  public static CudaFacts with(Map<CudaLibrary, LibraryState> libraries, CudaAnswer answer) {
    return facts(LINUX, true, true, driver("535.104.05"), libraries, Optional.ofNullable(answer));
  }

  /** A machine whose runtime answers with an error. */
  public static CudaFacts answering(int code, String name) {
    return with(allLibraries(), new CudaAnswer(code, name, "0.0", List.of()));
  }

  /** A machine without a driver, and with these libraries. */
  public static CudaFacts withoutDriver(
      Optional<String> moduleVersion, Map<CudaLibrary, LibraryState> libraries) {
    CudaDriver none =
        new CudaDriver(
            LibraryState.missing("libcuda.so.1: cannot open shared object file"), moduleVersion);
    return facts(LINUX, true, true, none, libraries, Optional.empty());
  }

  /** The default build. */
  public static CudaFacts cpuBuild(String platform, Optional<String> moduleVersion) {
    CudaDriver driver = new CudaDriver(LibraryState.NOT_EXAMINED, moduleVersion);
    return facts(platform, false, false, driver, Map.of(), Optional.empty());
  }

  public static CudaFacts withoutNatives() {
    CudaDriver driver = new CudaDriver(LibraryState.NOT_EXAMINED, Optional.empty());
    return facts(LINUX, true, false, driver, Map.of(), Optional.empty());
  }

  public static CudaFacts facts(
      String platform,
      boolean backend,
      boolean natives,
      CudaDriver driver,
      Map<CudaLibrary, LibraryState> libraries,
      Optional<CudaAnswer> answer) {
    return new CudaFacts(platform, backend, natives, driver, libraries, answer, Optional.empty());
  }

  public static CudaDriver driver(String moduleVersion) {
    return new CudaDriver(LibraryState.LOADABLE, Optional.of(moduleVersion));
  }

  public static Map<CudaLibrary, LibraryState> allLibraries() {
    return missing();
  }

  /** All libraries but these. */
  public static Map<CudaLibrary, LibraryState> missing(CudaLibrary... missing) {
    Map<CudaLibrary, LibraryState> states = new EnumMap<>(CudaLibrary.class);
    for (CudaLibrary library : CudaLibrary.values()) {
      states.put(library, LibraryState.LOADABLE);
    }
    for (CudaLibrary library : missing) {
      states.put(library, LibraryState.missing("cannot open shared object file"));
    }
    return states;
  }
}
