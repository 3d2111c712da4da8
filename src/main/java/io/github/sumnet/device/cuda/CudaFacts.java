package io.github.sumnet.device.cuda;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this build and this machine have of CUDA.
 *
 * @param platform operating system and processor in JavaCPP's words, such as linux-x86_64
 * @param backend whether ND4J's CUDA backend is on the class path
 * @param natives whether its binaries for this platform are
 * @param libraries one state for each library of CUDA 11.6
 * @param answer what the CUDA runtime said; empty when it could not be asked
 * @param failure what went wrong while asking, empty when nothing did
 */
public record CudaFacts(
    String platform,
    boolean backend,
    boolean natives,
    CudaDriver driver,
    Map<CudaLibrary, LibraryState> libraries,
    Optional<CudaAnswer> answer,
    Optional<String> failure) {

  public CudaFacts {
    Map<CudaLibrary, LibraryState> states = new EnumMap<>(CudaLibrary.class);
    for (CudaLibrary library : CudaLibrary.values()) {
      states.put(library, libraries.getOrDefault(library, LibraryState.NOT_EXAMINED));
    }
    libraries = Collections.unmodifiableMap(states);
  }

  /** The GPUs that the CUDA runtime sees. */
  public List<CudaDevice> devices() {
    return answer.map(CudaAnswer::devices).orElse(List.of());
  }

  /** The file name of a library on this platform. */
  public String fileName(CudaLibrary library) {
    return library.fileName(platform);
  }
}
