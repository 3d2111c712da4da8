package io.github.sumnet.device.cuda;

/** The functions of CUDA that the probe calls once the libraries are there. */
interface CudaRuntime {
  CudaAnswer askForDevices();

  /**
   * Loads cuBLAS as ND4J will, which fails for a library that has the right name and the wrong
   * content.
   */
  LibraryState tryCublas();
}
