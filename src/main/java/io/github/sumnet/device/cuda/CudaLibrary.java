package io.github.sumnet.device.cuda;

/**
 * The libraries of CUDA 11.6 that ND4J's CUDA backend cannot start without. A library comes after
 * the ones that it needs itself.
 */
public enum CudaLibrary {
  RUNTIME("the CUDA runtime", "libcudart.so.11.0", "cudart64_110.dll"),
  CUBLAS_LT("cuBLASLt", "libcublasLt.so.11", "cublasLt64_11.dll"),
  CUBLAS("cuBLAS", "libcublas.so.11", "cublas64_11.dll"),
  CUSOLVER("cuSolver", "libcusolver.so.11", "cusolver64_11.dll");

  private final String title;
  private final String linuxFile;
  private final String windowsFile;

  CudaLibrary(String title, String linuxFile, String windowsFile) {
    this.title = title;
    this.linuxFile = linuxFile;
    this.windowsFile = windowsFile;
  }

  /** What NVIDIA calls it. */
  public String title() {
    return title;
  }

  /** The file that the system's dynamic linker is asked for, such as libcusolver.so.11. */
  public String fileName(String platform) {
    return platform.startsWith("windows") ? windowsFile : linuxFile;
  }
}
